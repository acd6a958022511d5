using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Postgres;
using Platform.BuildingBlocks.Time;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Hosting;

public sealed class PlatformHostTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndpointsAreFoundAtTheirDoorOnly()
    {
        await using var host = await TestHost.Start(Create, []);
        using var http = new HttpClient();

        (await Get(host.Host.Addresses.Callers, "/hello")).ShouldBe(HttpStatusCode.OK);
        (await Get(host.Host.Addresses.Operations, "/hello")).ShouldBe(HttpStatusCode.NotFound);
        (await Get(host.Host.Addresses.Callers, "/metrics")).ShouldBe(HttpStatusCode.NotFound);
        (await Get(host.Host.Addresses.Operations, "/metrics")).ShouldBe(HttpStatusCode.OK);
        (await Get(host.Host.Addresses.Operations, "/healthz/live")).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> Get(Uri door, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(door, path)) { VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Version = door == host.Host.Addresses.Callers ? HttpVersion.Version20 : HttpVersion.Version11;
            using var response = await http.SendAsync(request, Cancelled);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task FailingCheck_IsNotReadyUntilItHolds()
    {
        string? failure = "table is empty";
        await using var host = await TestHost.Start(
            Create,
            [new("Hosting:ReadinessInterval", "00:00:00.050")],
            builder => builder.AddReadinessCheck("data", (_, _) => Task.FromResult<string?>(failure)));

        await Eventually.Holds(async () => (await host.Operations.GetAsync("/healthz/ready", Cancelled)).StatusCode == HttpStatusCode.ServiceUnavailable, "not ready");
        (await host.Operations.GetStringAsync("/healthz/live", Cancelled)).ShouldBe("live");
        failure = null;

        await Eventually.Holds(async () => (await host.Operations.GetAsync("/healthz/ready", Cancelled)).StatusCode == HttpStatusCode.OK, "ready");
    }

    [Fact]
    public async Task Stopping_IsNotReadyWhileItStillServes()
    {
        await using var host = await TestHost.Start(Create, [new("Hosting:DrainDelay", "00:00:01")]);
        await Eventually.Holds(async () => (await host.Operations.GetAsync("/healthz/ready", Cancelled)).StatusCode == HttpStatusCode.OK, "ready");

        var stopping = host.Host.StopAsync(Cancelled);
        var draining = await host.Operations.GetAsync("/healthz/ready", Cancelled);

        draining.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await draining.Content.ReadAsStringAsync(Cancelled)).ShouldContain("draining");
        await stopping;
    }

    [Fact]
    public async Task Stopping_LetsARunningCallFinish()
    {
        var entered = new TaskCompletionSource();
        var hold = new TaskCompletionSource();
        await using var host = await TestHost.Start(
            Create,
            [],
            builder => builder.Map(app => app.MapGet("/slow", async () =>
            {
                entered.SetResult();
                await hold.Task;
                return "done";
            }).OnListener(ListenerKind.Operations)));
        var call = host.Operations.GetStringAsync("/slow", Cancelled);
        await entered.Task;

        var stopping = host.Host.StopAsync(Cancelled);
        (await Task.WhenAny(stopping, Task.Delay(300, Cancelled))).ShouldNotBe(stopping);
        hold.SetResult();

        (await call).ShouldBe("done");
        await stopping;
    }

    [Fact]
    public async Task WrongSetting_EndsTheStartWithItsName()
    {
        var failed = await Should.ThrowAsync<OptionsValidationException>(TestHost.Start(Create, [new("Sample:Size", "0")]));

        failed.Message.ShouldContain("Size");
    }

    [Fact]
    public async Task MissingConnectionString_EndsTheStartWithItsName()
    {
        var failed = await Should.ThrowAsync<OptionsValidationException>(TestHost.Start(CreateWithDatabase, []));

        failed.Message.ShouldContain("ConnectionStrings:Sample");
    }

    [Fact]
    public async Task Start_MigratesAndAppliesThePoolSettings()
    {
        await using var database = await postgres.CreateDatabase();
        await using var host = await TestHost.Start(CreateWithDatabase, [new("ConnectionStrings:Sample", database.ConnectionString)]);

        (await database.Scalar<long>("select count(*) from infra.schema_migration where set = 'sample'")).ShouldBe(2);
        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("show idle_in_transaction_session_timeout");
        (await command.ExecuteScalarAsync(Cancelled)).ShouldBe("20s");
        new NpgsqlConnectionStringBuilder(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString).MaxPoolSize.ShouldBe(8);
    }

    [Fact]
    public async Task MigrateMode_MigratesAndEndsWithZero()
    {
        await using var database = await postgres.CreateDatabase();
        await using var host = CreateWithDatabase(["--migrate", "--ConnectionStrings:Sample=" + database.ConnectionString], null);

        (await host.RunAsync()).ShouldBe(0);

        (await database.Scalar<bool>("select to_regclass('thing') is not null")).ShouldBeTrue();
    }

    [Fact]
    public async Task ShiftedClock_IsToldAtTheOperationsDoor()
    {
        var file = Path.GetTempFileName();
        new ClockShift(86_400, 7).Write(file);
        await using var host = await TestHost.Start(Create, [new("Clock:AllowShift", "true"), new("Clock:File", file)]);

        (await host.Operations.GetStringAsync("/clock", Cancelled)).ShouldContain("\"generation\":7");
        (await host.Operations.GetStringAsync("/metrics", Cancelled)).ShouldContain("platform_clock_generation{service=\"sample\"} 7");
        File.Delete(file);
    }

    [Fact]
    public async Task ShiftThatIsNotAllowed_IsIgnored()
    {
        var file = Path.GetTempFileName();
        new ClockShift(86_400, 7).Write(file);
        await using var host = await TestHost.Start(Create, [new("Clock:File", file)]);

        (await host.Operations.GetStringAsync("/clock", Cancelled)).ShouldContain("\"generation\":0");
        File.Delete(file);
    }

    [Fact]
    public async Task UnhandledException_IsLoggedOnceWithoutItsMessage()
    {
        await using var host = await TestHost.Start(
            Create,
            [],
            builder => builder.Map(app => app.MapGet("/broken/{id}", string (string id) => throw new FormatException(id)).OnListener(ListenerKind.Operations)));
        host.Logs.Expect(entry => entry.Message.Contains("FormatException", StringComparison.Ordinal));

        using var response = await host.Operations.GetAsync("/broken/secret", Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldContain("urn:platform:problem:INTERNAL");
        host.Logs.Entries.Count(entry => entry.Level >= LogLevel.Error).ShouldBe(1);
        host.Logs.Entries.ShouldNotContain(entry => entry.Message.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CallersDoorWithCertificate_SpeaksTls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var directory = Directory.CreateTempSubdirectory("platform-tls-").FullName;
        await File.WriteAllTextAsync(directory + "/tls.crt", certificate.ExportCertificatePem(), Cancelled);
        await File.WriteAllTextAsync(directory + "/tls.key", key.ExportPkcs8PrivateKeyPem(), Cancelled);
        await using var host = await TestHost.Start(
            Create,
            [new("Listeners:Callers", "https://127.0.0.1:0"), new("Tls:CertificateFile", directory + "/tls.crt"), new("Tls:KeyFile", directory + "/tls.key")]);
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, server, _, _) => server!.Thumbprint == certificate.Thumbprint });
        http.DefaultRequestVersion = HttpVersion.Version20;

        host.Host.Addresses.Callers.Scheme.ShouldBe("https");
        (await http.GetStringAsync(new Uri(host.Host.Addresses.Callers, "/hello"), Cancelled)).ShouldBe("hello");
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task OwnerOfTheSchema_MigratesAndTheServiceOnlyUses()
    {
        await using var database = await postgres.CreateDatabase();
        var role = "service_" + Guid.NewGuid().ToString("N");
        await database.Execute($"create role {role} login");
        try
        {
            var service = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Pooling = false }.ConnectionString;
            await using (var host = await TestHost.Start(
                CreateWithDatabase, [new("ConnectionStrings:Sample", service), new("ConnectionStrings:SampleOwner", database.ConnectionString)]))
            {
                await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select current_user, count(*) from infra.outbox");
                (await command.ExecuteScalarAsync(Cancelled)).ShouldBe(role);
            }

            (await database.Scalar<string>("select tableowner from pg_tables where tablename = 'thing'")).ShouldBe("postgres");
        }
        finally
        {
            await database.Execute($"drop owned by {role}; drop role {role}");
        }
    }

    [Fact]
    public async Task TakenPort_EndsWithItsOwnExitCode()
    {
        await using var first = await TestHost.Start(Create, []);
        await using var second = Create([$"--Listeners:Operations={first.Host.Addresses.Operations}"], null);

        (await second.RunAsync()).ShouldBe(4);
    }

    private static PlatformHost Create(string[] args, Action<PlatformHostBuilder>? configure)
    {
        var builder = PlatformHost.CreateBuilder(args, "Sample", new ListenerPorts(0, 0));
        builder.Services.AddValidatedOptions<SampleOptions>("Sample");
        builder.Map(app => app.MapGet("/hello", () => "hello"));
        configure?.Invoke(builder);
        return builder.Build();
    }

    private static PlatformHost CreateWithDatabase(string[] args, Action<PlatformHostBuilder>? configure)
    {
        var builder = PlatformHost.CreateBuilder(args, "Sample", new ListenerPorts(0, 0));
        builder.AddPostgres(typeof(PlatformHostTests).Assembly);
        configure?.Invoke(builder);
        return builder.Build();
    }

    private sealed class SampleOptions
    {
        [Range(1, 10)]
        public int Size { get; init; } = 5;
    }
}
