using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Directories;
using Platform.Eligibility.Members;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Numbers;

namespace Platform.Eligibility;

internal sealed class DirectoryGrpcService(DirectoryStore directory, ImportInstitutionsHandler import, BusinessClock clock, InsurerOptions options) : DirectoryService.DirectoryServiceBase
{
    private const int MaxText = 200;

    public override async Task<AddInsurerResponse> AddInsurer(AddInsurerRequest request, ServerCallContext context)
    {
        var given = request.Insurer ?? throw new ProblemException(MemberProblems.Required("insurer"));
        if (InsurerNumber.TryParsePadded(given.InsurerNumber, options.AllowFictional, out var number) != InsurerNumberFault.None)
        {
            throw new ProblemException(MemberProblems.InsurerNumberInvalid("insurer.insurer_number"));
        }

        var fields = new RequestFields();
        var insurer = new Insurer
        {
            InsurerNumber = number.Value,
            Name = fields.Text("insurer.name", given.Name.Trim(), MaxText, required: true),
            Address = fields.Text("insurer.address", given.Address.Trim(), MaxText, required: false),
            Phone = fields.Text("insurer.phone", given.Phone.Trim(), MaxText, required: false),
        };
        if (!fields.AllRight)
        {
            throw new ProblemException(fields.Problem);
        }

        await directory.Put(insurer, clock.Today(), context.CancellationToken);
        return new AddInsurerResponse { Insurer = insurer };
    }

    public override async Task<ListInsurersResponse> ListInsurers(ListInsurersRequest request, ServerCallContext context) =>
        new() { Insurers = { await directory.ListInsurers(context.CancellationToken) } };

    public override async Task<ImportInstitutionsResponse> ImportInstitutions(
        IAsyncStreamReader<ImportInstitutionsRequest> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken))
        {
            throw new ProblemException(MemberProblems.HeaderUnusable([ReportTexts.Violation("", ReportTexts.FileEmpty)]));
        }

        ReadOnlyMemory<byte>? first = requestStream.Current.Chunk.Memory;
        var command = new ImportInstitutions(requestStream.Current.Encoding, async cancellationToken =>
        {
            if (first is { IsEmpty: false } chunk)
            {
                first = null;
                return chunk;
            }

            // An empty piece would be taken for the end.
            while (await requestStream.MoveNext(cancellationToken))
            {
                if (requestStream.Current.Chunk.Length > 0)
                {
                    return requestStream.Current.Chunk.Memory;
                }
            }

            return default;
        });
        return (await import.Handle(command, context.CancellationToken)).OrThrow();
    }

    public override async Task<ListInstitutionsResponse> ListInstitutions(ListInstitutionsRequest request, ServerCallContext context)
    {
        var size = request.PageSize <= 0 ? 100 : Math.Min(request.PageSize, 1000);
        var found = await directory.ListInstitutions(request.PageToken, size, context.CancellationToken);
        return new ListInstitutionsResponse { Institutions = { found }, NextPageToken = found.Count == size ? found[^1].InstitutionCode : "" };
    }
}
