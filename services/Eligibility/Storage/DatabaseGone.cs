using Npgsql;

namespace Platform.Eligibility.Storage;

/// <summary>Tells a database that is not there, not yet, or no more, from one that answered with an error of ours.</summary>
internal static class DatabaseGone
{
    public static bool Is(Exception exception) => exception switch
    {
        TimeoutException => true,

        // Connection (08), resources (53), intervention and shutdown (57), system (58); 25P03 is a session ended for idling in a transaction, 25006 a standby.
        PostgresException { SqlState: { } state } => state[..2] is "08" or "53" or "57" or "58" || state is "25P03" or "25006",
        NpgsqlException => true,
        _ => false,
    };
}
