using System.Collections.Concurrent;

namespace Platform.Testing;

public sealed record LogEntry(string Category, LogLevel Level, EventId Event, string Message);

/// <summary>Keeps what is logged. A test fails on an error that it did not announce.</summary>
public sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> entries = new();
    private readonly ConcurrentBag<Func<LogEntry, bool>> expected = [];

    public IReadOnlyCollection<LogEntry> Entries => entries;

    /// <summary>Announces errors that belong to the test.</summary>
    public void Expect(Func<LogEntry, bool> error) => expected.Add(error);

    public void ThrowOnUnexpectedErrors()
    {
        var unexpected = entries.Where(entry => entry.Level >= LogLevel.Error && !expected.Any(announced => announced(entry))).ToList();
        if (unexpected.Count > 0)
        {
            throw new InvalidOperationException("Errors were logged that the test does not expect:\n" + string.Join('\n', unexpected));
        }
    }

    public ILogger<T> For<T>() => LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(this)).CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            capture.entries.Enqueue(new LogEntry(category, logLevel, eventId, formatter(state, exception) + (exception is null ? "" : " | " + exception)));
    }
}
