using Grpc.Core;
using Platform.Testing.Protos.Echo.V1;

namespace Platform.GrpcRuntime.Tests;

public class CallKindsTests
{
    [Fact]
    public async Task UnaryCall_IsAnswered()
    {
        await using var host = await EchoHost.Start();

        var answer = await host.Client().UnaryAsync(new EchoRequest { Text = "被保険者" });

        answer.Text.ShouldBe("被保険者");
        host.Client().Unary(new EchoRequest { Text = "blocking" }).Text.ShouldBe("blocking");
    }

    [Fact]
    public async Task ServerStream_GivesEachMessageInOrder()
    {
        await using var host = await EchoHost.Start();

        using var call = host.Client().ServerStream(new EchoRequest { Text = "a", Repeat = 100 });
        var indices = await call.ResponseStream.ReadAllAsync().Select(r => r.Index).ToListAsync();

        indices.ShouldBe(Enumerable.Range(0, 100));
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    [Fact]
    public async Task ClientStream_IsAnsweredAfterItsEnd()
    {
        await using var host = await EchoHost.Start();

        using var call = host.Client().ClientStream();
        foreach (var text in (string[])["a", "b", "c"])
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = text });
        }

        await call.RequestStream.CompleteAsync();

        (await call).Text.ShouldBe("a,b,c");
    }

    [Fact]
    public async Task Duplex_AnswersBeforeTheRequestsEnd()
    {
        await using var host = await EchoHost.Start();

        using var call = host.Client().Duplex();
        for (var i = 0; i < 10; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"m{i}" });
            (await call.ResponseStream.MoveNext()).ShouldBeTrue();
            call.ResponseStream.Current.Text.ShouldBe($"m{i}");
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext()).ShouldBeFalse();
    }

    [Fact]
    public async Task EmptyMessages_Travel()
    {
        await using var host = await EchoHost.Start();

        (await host.Client().UnaryAsync(new EchoRequest())).ShouldBe(new EchoResponse());
    }
}
