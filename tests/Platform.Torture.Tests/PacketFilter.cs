using Platform.Testing;

namespace Platform.Torture.Tests;

/// <summary>Drops what goes between one process and Redis, on one side only or on both; connections stay open and silent. Needs root.</summary>
internal static class PacketFilter
{
    public static async Task<bool> Works()
    {
        try
        {
            await ChildProcess.Run("iptables", ["-w", "-n", "-L", "OUTPUT"]);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public static async Task Cut(string address, int port, bool requests, bool answers)
    {
        foreach (var rule in Rules(address, port, requests, answers))
        {
            await ChildProcess.Run("iptables", ["-w", "-A", "OUTPUT", .. rule]);
        }
    }

    public static async Task Heal(string address, int port, bool requests, bool answers)
    {
        foreach (var rule in Rules(address, port, requests, answers))
        {
            await ChildProcess.Run("iptables", ["-w", "-D", "OUTPUT", .. rule]);
        }
    }

    private static IEnumerable<string[]> Rules(string address, int port, bool requests, bool answers)
    {
        if (requests)
        {
            yield return ["-p", "tcp", "-d", address, "--dport", port.ToString(), "-j", "DROP"];
        }

        if (answers)
        {
            yield return ["-p", "tcp", "-s", address, "--sport", port.ToString(), "-j", "DROP"];
        }
    }
}
