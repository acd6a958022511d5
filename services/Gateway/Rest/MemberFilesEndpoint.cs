using System.Globalization;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Downstream;
using Platform.Gateway.Http;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Rest;

/// <summary><c>/api/v1/members/files</c>: upload, progress, report and list of member files.</summary>
internal sealed class MemberFilesEndpoint(MembersPeer members, GatewayOptions options)
{
    private const int MaxPageSize = 200;

    /// <summary>200 with the outcome, or 202 with where to follow an import that goes on.</summary>
    public async Task Upload(HttpContext context)
    {
        if (!MemberFileUpload.ReadHeader(context.Request.Query).TryGet(out var header, out var problem)
            || !(await MemberFileUpload.Open(context.Request, header, options.MaxMemberFileBytes)).TryGet(out var file, out problem)
            || !(await Import(header, file, context)).TryGet(out var outcome, out problem))
        {
            await ProblemJson.Write(context, problem);
            return;
        }

        if (outcome.Import.State == ImportState.Running)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.Location = MemberFile.SelfOf(outcome.Import.ImportId);
        }

        await Answer(context, MemberFile.From(outcome.Import, outcome.AlreadyKnown));
    }

    public async Task Progress(HttpContext context, string importId)
    {
        if (!(await members.GetImport(importId, context.RequestAborted)).TryGet(out var found, out var problem))
        {
            await ProblemJson.Write(context, problem);
            return;
        }

        await Answer(context, MemberFile.From(found.Import, alreadyKnown: false));
    }

    public async Task Report(HttpContext context, string importId)
    {
        using var call = members.GetReport(importId, context.RequestAborted);
        try
        {
            // Until the first piece is there, a refusal can still take the place of the answer.
            if (await call.ResponseStream.MoveNext(context.RequestAborted))
            {
                context.Response.ContentType = "text/csv; charset=utf-8";
                do
                {
                    await context.Response.BodyWriter.WriteAsync(call.ResponseStream.Current.Chunk.Memory, context.RequestAborted);
                }
                while (await call.ResponseStream.MoveNext(context.RequestAborted));
            }
        }
        catch (RpcException exception) when (!context.Response.HasStarted)
        {
            await ProblemJson.Write(context, PeerCalls.Problem(exception, context.RequestAborted));
        }
    }

    public async Task List(HttpContext context)
    {
        var query = context.Request.Query;
        var violations = new Violations();
        var request = new ListImportsRequest { InsurerNumber = query["insurer"].ToString().Trim(), PageToken = query["pageToken"].ToString() };
        if (request.InsurerNumber.Length == 0)
        {
            violations.Required("insurer");
        }

        if (query["pageSize"].ToString() is { Length: > 0 } size)
        {
            if (int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var pageSize) && pageSize is >= 1 and <= MaxPageSize)
            {
                request.PageSize = pageSize;
            }
            else
            {
                violations.Add("pageSize", "NUMBER_OUT_OF_RANGE", $"1以上{MaxPageSize}以下の整数を指定してください。", $"The value must be a whole number from 1 to {MaxPageSize}.");
            }
        }

        Problem? problem = violations.Any ? violations.ToProblem() : null;
        if (problem is not null || !(await members.ListImports(request, context.RequestAborted)).TryGet(out var listed, out problem))
        {
            await ProblemJson.Write(context, problem);
            return;
        }

        var files = new MemberFileList
        {
            Files = [.. listed.Imports.Select(import => MemberFile.From(import, alreadyKnown: false))],
            NextPageToken = listed.NextPageToken.Length > 0 ? listed.NextPageToken : null,
        };
        await JsonBody.Write(context.Response, files, RestJson.Default.MemberFileList);
    }

    private async Task<Result<ImportMembersResponse>> Import(ImportHeader header, Stream file, HttpContext context)
    {
        try
        {
            return await members.Import(header, file, context.RequestAborted);
        }
        catch (Exception exception) when (MemberFileUpload.IsBrokenForm(exception) && context.Request.HasFormContentType)
        {
            return MemberFileUpload.FormBroken;
        }
    }

    private static Task Answer(HttpContext context, MemberFile file) => JsonBody.Write(context.Response, file, RestJson.Default.MemberFile);
}
