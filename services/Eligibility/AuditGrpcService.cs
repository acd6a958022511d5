using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Auditing;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;
using Proto = Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility;

/// <summary>Transport of the audit.</summary>
internal sealed class AuditGrpcService(ListAuditEntriesHandler list, VerifyAuditHandler verify) : Proto.AuditService.AuditServiceBase
{
    private const int DefaultPage = 100;
    private const int LargestPage = 1000;

    public override async Task<Proto.ListAuditEntriesResponse> ListAuditEntries(Proto.ListAuditEntriesRequest request, ServerCallContext context)
    {
        var page = (await list.Handle(ToQuery(request).OrThrow(), context.CancellationToken)).OrThrow();
        var response = new Proto.ListAuditEntriesResponse { NextPageToken = page.NextPageToken };
        foreach (var (chain, record) in page.Entries)
        {
            response.Entries.Add(ToProto(chain, record));
        }

        return response;
    }

    public override async Task<Proto.VerifyAuditResponse> VerifyAudit(Proto.VerifyAuditRequest request, ServerCallContext context)
    {
        Guid? only = null;
        if (request.Chain.Length > 0)
        {
            only = Ulid.TryParse(request.Chain, out var chain) ? chain : throw new ProblemException(EligibilityProblems.NotAnId("chain"));
        }

        var verified = await verify.Handle(new VerifyAudit(only), context.CancellationToken);
        var response = new Proto.VerifyAuditResponse { Chains = verified.Chains, Blocks = verified.Blocks, Entries = verified.Entries };
        foreach (var finding in verified.Findings)
        {
            response.Findings.Add(new Proto.AuditFinding { Chain = Ulid.Format(finding.Chain), Sequence = finding.Sequence, Finding = finding.Finding });
        }

        return response;
    }

    private static Result<ListAuditEntries> ToQuery(Proto.ListAuditEntriesRequest request)
    {
        var fields = new RequestFields();
        Guid? person = null;
        if (request.PersonId.Length > 0)
        {
            if (Ulid.TryParse(request.PersonId, out var id))
            {
                person = id;
            }
            else
            {
                return EligibilityProblems.NotAnId("person_id");
            }
        }

        if (person is null == (request.InstitutionCode.Length == 0))
        {
            fields.Wrong("person_id", "EXACTLY_ONE", "person_idかinstitution_codeのどちらか一方を指定してください。", "Give either person_id or institution_code.");
        }

        if (request.PageSize is < 0 or > LargestPage)
        {
            fields.Wrong("page_size", "OUT_OF_RANGE", $"0から{LargestPage}までです。", $"From 0 to {LargestPage}.");
        }

        return fields.AllRight
            ? new ListAuditEntries(person, person is null ? request.InstitutionCode : null, request.PageSize == 0 ? DefaultPage : request.PageSize, request.PageToken)
            : fields.Problem;
    }

    private static Proto.AuditEntry ToProto(Guid chain, AuditRecord record)
    {
        var entry = new Proto.AuditEntry
        {
            AuditId = $"{Ulid.Format(chain)}:{record.Sequence}",
            AnsweredAt = Instant(record.AnsweredAt),
            BusinessTime = Instant(record.BusinessTime),
            InstitutionCode = record.InstitutionCode,
            Caller = record.Caller,
            Channel = record.Channel,
            AskedDate = EligibilityMapping.ToProto(StoredDays.LoadOptional(record.AskedDate)),
            Validity = (Proto.Validity)record.Validity,
            Reason = record.Reason,
            DataVersion = record.DataVersion,
            Ruleset = record.Ruleset,
            Downtime = record.Downtime,
        };
        entry.PersonIds.AddRange(record.PersonIds.Select(id => Ulid.Format(new Guid(id.Span, bigEndian: true))));
        return entry;
    }

    private static Timestamp Instant(long microseconds) => DateTime.UnixEpoch.AddMicroseconds(microseconds).ToTimestamp();
}
