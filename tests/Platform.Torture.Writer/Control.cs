using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.Torture.Writer;

/// <summary>What the test makes of a step: nothing, a crash, or a pause.</summary>
internal sealed class Control(TextWriter output)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> paused = new(StringComparer.Ordinal);

    public void Say(string line) => output.WriteLine(line);

    public void Go(string id) => Paused(id).TrySetResult();

    public async Task At(string id, string reached, string step, string action)
    {
        if (reached != step)
        {
            return;
        }

        if (action == "kill")
        {
            // SIGKILL: no finally, no flush, no goodbye to the servers.
            Process.GetCurrentProcess().Kill();
            await Task.Delay(Timeout.Infinite);
        }

        Say($"at {id} {step}");
        await Paused(id).Task;
    }

    private TaskCompletionSource Paused(string id) => paused.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
