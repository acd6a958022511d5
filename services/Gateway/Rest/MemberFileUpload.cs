using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Http;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Rest;

/// <summary>The upload of a member file as HTTP carries it: the file itself as the body, or as the first file of a form. Never more of it in memory than a piece.</summary>
internal static class MemberFileUpload
{
    private const int MaxBoundaryLength = 200;

    /// <summary>The query parameters as the import's header; all that is wrong with them is told at once.</summary>
    public static Result<ImportHeader> ReadHeader(IQueryCollection query)
    {
        var violations = new Violations();
        var header = new ImportHeader
        {
            InsurerNumber = query["insurer"].ToString().Trim(),
            FileName = Path.GetFileName(query["fileName"].ToString()),
            ResumeImportId = query["resumeImportId"].ToString(),
        };
        if (header.InsurerNumber.Length == 0)
        {
            violations.Required("insurer");
        }

        switch (query["encoding"].ToString().ToUpperInvariant())
        {
            case "":
                break;
            case "UTF-8" or "UTF8":
                header.Encoding = "UTF-8";
                break;
            case "CP932" or "SHIFT_JIS":
                header.Encoding = "CP932";
                break;
            default:
                violations.InvalidValue("encoding", "utf-8, cp932");
                break;
        }

        switch (query["again"].ToString())
        {
            case "" or "false" or "0":
                break;
            case "true" or "1":
                header.Again = true;
                break;
            default:
                violations.InvalidValue("again", "true, false");
                break;
        }

        var offset = query["resumeOffset"].ToString();
        if (offset.Length > 0 && !long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            violations.Add("resumeOffset", "VALUE_NOT_ALLOWED", "0以上の整数を指定してください。", "The value must be a whole number.");
        }
        else
        {
            header.ResumeOffset = offset.Length > 0 ? long.Parse(offset, CultureInfo.InvariantCulture) : 0;
        }

        return violations.Any ? violations.ToProblem() : header;
    }

    /// <summary>The file's bytes as they arrive; names the file in <paramref name="header"/> where a form does.</summary>
    public static async Task<Result<Stream>> Open(HttpRequest request, ImportHeader header, long limit)
    {
        var tooLarge = request.ContentLength > limit;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // Of a body that is refused the server reads a little more, so that a client still sending gets to see why.
            feature.MaxRequestBodySize = tooLarge ? null : limit;
        }

        if (tooLarge)
        {
            return HttpProblems.TooLarge(limit);
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return HttpProblems.MediaType("text/csv");
        }

        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await OpenForm(request, type, header);
        }

        return type.MediaType.Value is "text/csv" or "text/plain" or "application/csv" or "application/octet-stream"
            ? request.Body
            : HttpProblems.MediaType("text/csv, multipart/form-data");
    }

    private static async Task<Result<Stream>> OpenForm(HttpRequest request, MediaTypeHeaderValue type, ImportHeader header)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundaryLength)
        {
            return HttpProblems.MediaType("multipart/form-data; boundary=…");
        }

        var form = new MultipartReader(boundary, request.Body);
        try
        {
            while (await form.ReadNextSectionAsync(request.HttpContext.RequestAborted) is { } section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
                {
                    if (header.FileName.Length == 0)
                    {
                        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
                        header.FileName = Path.GetFileName(name.ToString());
                    }

                    return section.Body;
                }
            }
        }
        catch (Exception exception) when (IsBrokenForm(exception))
        {
            return FormBroken;
        }

        return FileMissing;
    }

    /// <summary>Whether reading failed because the form is wrong or ends before its last boundary.</summary>
    public static bool IsBrokenForm(Exception exception) =>
        exception is InvalidDataException || (exception is IOException && exception is not BadHttpRequestException);

    /// <summary>Lines before the break may have been taken; sent again they change nothing.</summary>
    public static readonly Problem FormBroken = new(
        ProblemKind.Invalid, "FORM_BROKEN", "フォームの形式が正しくありません。", "The form is malformed.")
    {
        NextStepJa = HttpProblems.SendAgainJa,
        NextStepEn = HttpProblems.SendAgainEn,
    };

    private static readonly Problem FileMissing = new(
        ProblemKind.Invalid, "FILE_MISSING", "フォームにファイルがありません。", "The form holds no file.")
    {
        NextStepJa = "ファイルを選択して送信し直してください。",
        NextStepEn = "Choose the file and send again.",
    };
}
