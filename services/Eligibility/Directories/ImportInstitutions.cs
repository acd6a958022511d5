using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Members;
using Platform.Eligibility.Members.Files;
using Platform.Eligibility.Members.Imports;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Institutions;
using LineError = Platform.Rules.Lines.LineError;

namespace Platform.Eligibility.Directories;

/// <summary>Takes an institution file. A bad line is reported, the others go in; each line replaces what was known under its code.</summary>
/// <param name="Next">The next piece of the file; empty at its end.</param>
internal sealed record ImportInstitutions(string Encoding, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Next);

internal sealed class ImportInstitutionsHandler(DirectoryStore directory, InsurerOptions insurers)
{
    private const int Chunk = 1000;

    // The answer is one message: a file that is wrong throughout must not outgrow it.
    private const int MaxErrors = 5000;

    public async Task<Result<ImportInstitutionsResponse>> Handle(ImportInstitutions command, CancellationToken cancellationToken)
    {
        if (FileEncodings.Parse(command.Encoding) is not { } encoding)
        {
            return MemberProblems.EncodingUnknown;
        }

        var reader = new CsvLineReader(command.Next) { Encoding = encoding };
        if (!(await ImportHeaders.Read(reader, InstitutionColumns.All, cancellationToken)).TryGet(out var header, out var problem))
        {
            return problem;
        }

        var rules = new InstitutionLineRules(insurers.AllowFictional);
        var cells = InstitutionLineRules.NewCells();
        var response = new ImportInstitutionsResponse();
        var errors = new List<LineError>();
        var chunk = new Dictionary<string, Institution>(Chunk, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            response.Lines++;
            errors.Clear();
            if (ImportHeaders.Fill(reader, header, InstitutionColumns.All, cells, errors) && rules.Read(cells, errors) is { } entry)
            {
                response.Stored++;
                chunk[entry.Code.Value] = ToProto(entry);
            }

            foreach (var error in errors.TakeWhile(_ => response.Errors.Count < MaxErrors))
            {
                var text = ReportTexts.Of(error.Code);
                response.Errors.Add(new Protos.Eligibility.V1.LineError
                {
                    Line = reader.Line,
                    Column = error.Column,
                    Code = error.Code,
                    Message = new LocalizedText { Ja = text.Ja, En = text.En },
                });
            }

            if (chunk.Count == Chunk)
            {
                await directory.Put([.. chunk.Values], cancellationToken);
                chunk.Clear();
            }
        }

        await directory.Put([.. chunk.Values], cancellationToken);
        return response;
    }

    private static Institution ToProto(InstitutionEntry entry)
    {
        var institution = new Institution
        {
            InstitutionCode = entry.Code.Value,
            Name = entry.Name,
            NameKana = entry.NameKana ?? "",
            Kind = entry.Kind switch
            {
                InstitutionKind.Hospital => "HOSPITAL",
                InstitutionKind.Clinic => "CLINIC",
                InstitutionKind.Dental => "DENTAL",
                InstitutionKind.Pharmacy => "PHARMACY",
                _ => "VISITING_NURSE",
            },
            Address = entry.Address ?? "",
            Phone = entry.Phone ?? "",
            Reader = entry.Reader,
            PhoneReader = entry.PhoneReader,
            EmergencyView = entry.EmergencyView,
            Encoding = entry.Encoding switch
            {
                ResultEncoding.Utf8 => "UTF-8",
                ResultEncoding.ShiftJis => "SHIFT_JIS",
                _ => "AS_REQUEST",
            },
            EffectiveOn = ProtoDates.ToProto(entry.EffectiveOn),
            EndedOn = entry.EndedOn is { } ended ? ProtoDates.ToProto(ended) : null,
        };
        AddGroup(institution, entry, ConsentGroups.Drugs, "YZK");
        AddGroup(institution, entry, ConsentGroups.Checkups, "TKK");
        AddGroup(institution, entry, ConsentGroups.Treatment, "SRJ");
        AddGroup(institution, entry, ConsentGroups.Operations, "SHJ");
        return institution;
    }

    private static void AddGroup(Institution institution, InstitutionEntry entry, ConsentGroups group, string code)
    {
        if (entry.GroupsOn.HasFlag(group))
        {
            institution.GroupsOn.Add(code);
        }
    }
}
