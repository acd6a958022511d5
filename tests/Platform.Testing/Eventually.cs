using System.Diagnostics;

namespace Platform.Testing;

/// <summary>For what real processes do in their own time: looks again and again, bounded.</summary>
public static class Eventually
{
    public static async Task Holds(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(20);
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}");
            }

            await Task.Delay(20);
        }
    }

    public static Task Holds(Func<bool> condition, string what, TimeSpan? within = null) => Holds(() => Task.FromResult(condition()), what, within);
}
