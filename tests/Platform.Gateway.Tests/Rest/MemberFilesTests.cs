using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Gateway.Tests.Rest;

/// <summary>A Gateway each, since the stand-in keeps one import.</summary>
public sealed class MemberFilesTests : IAsyncLifetime
{
    private const string Files = "/api/v1/members/files";

    private readonly FakeMembers members = new();
    private TestHost? eligibility;
    private TestHost? gateway;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        eligibility = await FakeEligibility.Start(new FakeEligibility(), members);
        gateway = await GatewayFixture.StartGateway(
            eligibility.Host.Addresses.Callers, new("Gateway:ImportWait", "00:00:00.200"), new("Gateway:MaxMemberFileBytes", "50000000"));
        client = new HttpClient { BaseAddress = gateway.Host.Addresses.Callers };
    }

    [Fact]
    public async Task RawFile_IsHandedOnInPieces()
    {
        var file = RandomNumberGenerator.GetBytes(10_000_001);

        using var response = await Upload("?insurer=06132013&encoding=cp932&again=true&fileName=members.csv", file);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await Read(response);
        answer.GetProperty("state").GetString().ShouldBe("FINISHED");
        answer.GetProperty("lines").GetInt64().ShouldBe(3);
        answer.GetProperty("reportUrl").GetString().ShouldBe($"{Files}/{FakeMembers.ImportId}/report");
        members.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(file)));
        members.LargestChunk.ShouldBeLessThanOrEqualTo(1 << 20);
        members.Header.ShouldNotBeNull();
        members.Header.InsurerNumber.ShouldBe("06132013");
        members.Header.Encoding.ShouldBe("CP932");
        members.Header.Again.ShouldBeTrue();
        members.Header.FileName.ShouldBe("members.csv");
    }

    [Fact]
    public async Task Form_HandsOnItsFileWithItsName()
    {
        var file = RandomNumberGenerator.GetBytes(1_000_000);
        using var part = new ByteArrayContent(file);
        using var note = new StringContent("note");
        using var form = new MultipartFormDataContent { { note, "comment" }, { part, "file", "../資格 4月.csv" } };

        using var response = await client.PostAsync(new Uri(Files + "?insurer=06132013", UriKind.Relative), form, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        members.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(file)));
        members.Header!.FileName.ShouldBe("資格 4月.csv");
        members.Header.Encoding.ShouldBe("");
    }

    [Fact]
    public async Task ImportThatTakesLonger_IsAcceptedAndCanBeFollowed()
    {
        var finish = new TaskCompletionSource();
        members.Finish = finish.Task;

        using var response = await Upload("?insurer=06132013&fileName=m.csv", [1, 2, 3]);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var progress = response.Headers.Location!.ToString();
        progress.ShouldBe($"{Files}/{FakeMembers.ImportId}");
        (await Get(progress)).GetProperty("state").GetString().ShouldBe("RUNNING");

        finish.SetResult();

        await Eventually.Holds(async () => (await Get(progress)).GetProperty("state").GetString() == "FINISHED", "the import is finished");
        members.Cancelled.ShouldBeFalse();
    }

    [Fact]
    public async Task ClientThatGoesAway_InterruptsTheImport()
    {
        using var cancel = new CancellationTokenSource();
        using var content = new StreamContent(new StalledStream());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var upload = client.PostAsync(new Uri(Files + "?insurer=06132013", UriKind.Relative), content, cancel.Token);
        await Eventually.Holds(() => members.Bytes > 0, "the first piece arrived");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(upload);
        await Eventually.Holds(() => members.Cancelled, "the import was cancelled");
    }

    [Fact]
    public async Task RefusedHeader_EndsTheUploadWithItsProblem()
    {
        members.Refusal = new Problem(ProblemKind.Invalid, "HEADER_UNUSABLE", "見出し行が正しくありません。", "The header row is unusable.");

        using var response = await Upload("?insurer=06132013", new byte[5_000_000]);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Read(response)).GetProperty("type").GetString().ShouldBe("urn:platform:problem:HEADER_UNUSABLE");
    }

    [Theory]
    [InlineData("", "insurer", "REQUIRED")]
    [InlineData("?insurer=1&encoding=euc-jp", "encoding", "VALUE_NOT_ALLOWED")]
    [InlineData("?insurer=1&again=yes", "again", "VALUE_NOT_ALLOWED")]
    [InlineData("?insurer=1&resumeOffset=-1", "resumeOffset", "VALUE_NOT_ALLOWED")]
    public async Task WrongParameter_IsRefused(string query, string field, string code)
    {
        using var response = await Upload(query, [1]);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await Read(response)).GetProperty("errors")[0];
        error.GetProperty("field").GetString().ShouldBe(field);
        error.GetProperty("code").GetString().ShouldBe(code);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task AnotherMediaType_Is415(string mediaType)
    {
        using var response = await Upload("?insurer=1", [1], mediaType);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task BrokenForm_IsRefused()
    {
        using var response = await Upload("?insurer=1", "--x\r\nContent-Disp"u8.ToArray(), "multipart/form-data; boundary=x");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Read(response)).GetProperty("type").GetString().ShouldBe("urn:platform:problem:FORM_BROKEN");
    }

    [Fact]
    public async Task FormThatEndsWithinItsFile_IsRefused()
    {
        using var response = await Upload(
            "?insurer=1", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nevent,"u8.ToArray(), "multipart/form-data; boundary=x");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await Read(response);
        problem.GetProperty("type").GetString().ShouldBe("urn:platform:problem:FORM_BROKEN");
        problem.GetProperty("nextStep").GetProperty("ja").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task FormWithoutFile_IsRefused()
    {
        using var note = new StringContent("note");
        using var form = new MultipartFormDataContent { { note, "comment" } };

        using var response = await client.PostAsync(new Uri(Files + "?insurer=1", UriKind.Relative), form, TestContext.Current.CancellationToken);

        (await Read(response)).GetProperty("type").GetString().ShouldBe("urn:platform:problem:FILE_MISSING");
    }

    [Fact]
    public async Task FileOverTheLimit_Is413()
    {
        using var content = new StreamContent(new MemoryStream(new byte[50_000_001]));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");

        using var response = await client.PostAsync(new Uri(Files + "?insurer=1", UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Report_IsTheCsv()
    {
        using var response = await client.GetAsync(new Uri($"{Files}/{FakeMembers.ImportId}/report", UriKind.Relative), TestContext.Current.CancellationToken);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
        lines.Length.ShouldBe(3);
        lines[1].ShouldContain("資格喪失事由");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/report")]
    public async Task UnknownImport_Is404(string what)
    {
        using var response = await client.GetAsync(new Uri($"{Files}/nothing{what}", UriKind.Relative), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Read(response)).GetProperty("type").GetString().ShouldBe("urn:platform:problem:IMPORT_UNKNOWN");
    }

    [Fact]
    public async Task List_GoesPageByPage()
    {
        var first = await Get(Files + "?insurer=06132013&pageSize=1");

        first.GetProperty("files").GetArrayLength().ShouldBe(1);
        first.GetProperty("nextPageToken").GetString().ShouldBe("next");
        (await Get(Files + "?insurer=06132013&pageToken=next")).GetProperty("nextPageToken").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await gateway!.DisposeAsync();
        await eligibility!.DisposeAsync();
    }

    private async Task<HttpResponseMessage> Upload(string query, byte[] file, string mediaType = "text/csv")
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return await client.PostAsync(new Uri(Files + query, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    private async Task<JsonElement> Get(string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Read(response);
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

    /// <summary>Gives some pieces and then nothing, without an end.</summary>
    private sealed class StalledStream : Stream
    {
        // More than the Gateway gathers before it sends a piece on.
        private int left = 1_000_000;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (left <= 0)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            left -= buffer.Length;
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
