using System.Text;
using Google.Protobuf;
using Platform.Eligibility.Tests.Answering;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Members;

/// <summary>Sends files to a host and asks what became of them.</summary>
internal static class MemberFiles
{
    public const string Insurer = "06132013";

    public const string Columns =
        "event,effective_on,insurer_number,symbol,number,branch,relationship,name,name_kana,sex,birthdate";

    public static string Acquire(string number, string effectiveOn = "2026-04-01", string branch = "00", string name = "𠮷野 花子", string birthdate = "1985-05-10") =>
        $"ACQUIRE,{effectiveOn},{Insurer},江中,{number},{branch},1,{name},ヨシノ ハナコ,2,{birthdate}";

    public static byte[] File(params string[] lines) => Encoding.UTF8.GetBytes(Columns + "\n" + string.Join('\n', lines) + "\n");

    public static MemberService.MemberServiceClient Members(TestHost host) => new(host.Callers);

    public static Task<ImportMembersResponse> Import(TestHost host, params string[] lines) => Send(host, File(lines), new ImportHeader { InsurerNumber = Insurer });

    public static async Task<ImportMembersResponse> Send(TestHost host, ReadOnlyMemory<byte> file, ImportHeader header, int piece = 100_000)
    {
        using var call = Members(host).ImportMembers(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5));
        await call.RequestStream.WriteAsync(new ImportMembersRequest { Header = header });
        for (var at = 0; at < file.Length; at += piece)
        {
            await call.RequestStream.WriteAsync(new ImportMembersRequest
            {
                Chunk = ByteString.CopyFrom(file.Slice(at, Math.Min(piece, file.Length - at)).Span),
            });
        }

        await call.RequestStream.CompleteAsync();
        return await call;
    }

    public static async Task<string> Report(TestHost host, string importId)
    {
        using var call = Members(host).GetImportReport(new GetImportReportRequest { ImportId = importId });
        var bytes = new MemoryStream();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            call.ResponseStream.Current.Chunk.WriteTo(bytes);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static async Task<CheckEligibilityResponse> Check(TestHost host, string number, DateOnly on, string branch = "", string birthdate = "1985-05-10")
    {
        var born = DateOnly.ParseExact(birthdate, "yyyy-MM-dd");
        return await AnswerWorld.Client(host).CheckEligibilityAsync(new CheckEligibilityRequest
        {
            InstitutionCode = AnswerWorld.Institution,
            ConfirmationDate = ProtoDates.ToProto(on),
            InsuredNumber = new InsuredNumber
            {
                InsurerNumber = Insurer,
                Symbol = "江中",
                Number = number,
                Branch = branch,
                Birthdate = ProtoDates.ToProto(born),
            },
        });
    }
}
