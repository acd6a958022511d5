using System.Globalization;
using System.Text;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Eligibility.Auditing;

/// <summary>Records of a person or of an institution, newest first.</summary>
internal sealed record ListAuditEntries(Guid? Person, string? Institution, int PageSize, string PageToken);

internal sealed record AuditPage(IReadOnlyList<(Guid Chain, AuditRecord Record)> Entries, string NextPageToken);

internal sealed class ListAuditEntriesHandler(AuditReadStore store)
{
    public async Task<Result<AuditPage>> Handle(ListAuditEntries query, CancellationToken cancellationToken)
    {
        AuditPosition? after = null;
        if (query.PageToken.Length > 0 && (after = Parse(query.PageToken)) is null)
        {
            return Problem.InvalidFields(new FieldViolation("page_token", "PAGE_TOKEN_INVALID", "前のページの値を使用してください。", "Use the value of the previous page."));
        }

        var positions = await store.Find(query.Person, query.Institution, after, query.PageSize + 1, cancellationToken);
        var more = positions.Count > query.PageSize;
        positions = positions[..Math.Min(positions.Count, query.PageSize)];

        var records = new Dictionary<(Guid, long), AuditRecord>();
        foreach (var (chain, block) in await store.ReadBlocks(positions, cancellationToken))
        {
            foreach (var record in AuditBlock.Parser.ParseFrom(block).Records)
            {
                records[(chain, record.Sequence)] = record;
            }
        }

        return new AuditPage(
            positions.ConvertAll(position => (position.Chain, records[(position.Chain, position.Sequence)])),
            more ? Format(positions[^1]) : "");
    }

    private static string Format(AuditPosition position) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{position.At.Ticks}.{Ulid.Format(position.Chain)}.{position.Sequence}")));

    private static AuditPosition? Parse(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
        {
            return null;
        }

        var parts = Encoding.ASCII.GetString(bytes, 0, length).Split('.');
        return parts.Length == 3
            && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var ticks)
            && ticks >= 0
            && ticks <= DateTime.MaxValue.Ticks
            && Ulid.TryParse(parts[1], out var chain)
            && long.TryParse(parts[2], CultureInfo.InvariantCulture, out var sequence)
            ? new AuditPosition(new DateTime(ticks, DateTimeKind.Utc), chain, sequence)
            : null;
    }
}
