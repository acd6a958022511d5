using System.Text;
using Npgsql;

namespace Platform.BuildingBlocks.Errors;

/// <summary>
/// What a log may say of an exception: types, SQLSTATE, constraint and stack. Never its message: a parser or the database puts the value it
/// did not like into it, and that value can be somebody's number or name.
/// </summary>
public static class ExceptionReport
{
    /// <summary>The types from outside to inside, such as <c>NpgsqlException &lt; SocketException(ConnectionRefused)</c>.</summary>
    public static string Kind(Exception exception)
    {
        var text = new StringBuilder();
        for (var current = exception; current is not null; current = current.InnerException)
        {
            text.Append(text.Length == 0 ? "" : " < ").Append(current.GetType().Name);
            _ = current switch
            {
                PostgresException postgres => text.Append('(').Append(postgres.SqlState).Append(postgres.ConstraintName is { } name ? " " + name : "").Append(')'),
                System.Net.Sockets.SocketException socket => text.Append('(').Append(socket.SocketErrorCode).Append(')'),
                ProblemException problem => text.Append('(').Append(problem.Problem.Reason).Append(')'),
                _ => text,
            };
        }

        return text.ToString();
    }

    /// <summary>The types and where it was thrown.</summary>
    public static string Full(Exception exception)
    {
        var text = new StringBuilder(Kind(exception));
        for (var current = exception; current is not null; current = current.InnerException)
        {
            text.Append('\n').Append(current.GetType().Name).Append(":\n").Append(current.StackTrace);
        }

        return text.ToString();
    }
}
