namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>A small warehouse with a sample in its sources, made once and copied for each test.</summary>
internal static class SampleWarehouse
{
    /// <summary>The last day of the sample.</summary>
    public const string Day = "2026-06-30";

    /// <summary>Users of the sample.</summary>
    public const int Users = 200;

    // The lock is none of them: whatever came of a run, it must be free again.
    private static readonly string[] Logs =
        ["LOYALTY.RUN", "LOYALTY.RUN_STEP", "LOYALTY.RUN_SOURCE", "LOYALTY.AUDIT", "LOYALTY.AUDIT_HEAD"];

    private static readonly string Fill = $"$null = New-LoyaltySample -Users {Users} -Days 60 -Dirty";

    private static readonly Lazy<byte[]> Empty = new(() => Make(string.Empty));

    private static readonly Lazy<byte[]> Sampled = new(() => Make(Fill));

    private static readonly Lazy<byte[]> Merged = new(() => Make($"{Fill}; $null = Invoke-LoyaltyMerge {Day}"));

    /// <summary>
    /// A session whose folder has the warehouse w.duckdb, with a dirty sample that was not merged yet, and is connected to it.
    /// </summary>
    public static ModuleRunspace OpenSampled() => Open(Sampled);

    /// <summary>The same, with the last day merged.</summary>
    public static ModuleRunspace OpenMerged() => Open(Merged);

    /// <summary>A session in whose folder w.duckdb is, connected and with all its tables, but empty.</summary>
    public static ModuleRunspace OpenEmpty() => Open(Empty);

    /// <summary>What is in every table of a warehouse, a line each.</summary>
    /// <param name="session">A session with probes.</param>
    /// <param name="arguments">Names another warehouse than the connected one.</param>
    public static IReadOnlyList<string> Content(this ModuleRunspace session, string arguments = "") =>
        [.. session.Run($"Get-ProbeContent {arguments}").Succeeded().Output.Cast<string>()];

    /// <summary>The same without the logs of runs and the audit trail, which a run that comes to nothing leaves all the same.</summary>
    /// <param name="session">A session with probes.</param>
    /// <param name="except">Other tables that are left out.</param>
    public static IReadOnlyList<string> ContentWithoutLogs(this ModuleRunspace session, params string[] except) =>
        [.. session.Content().Where(line => !Logs.Concat(except).Contains(line.Split(' ')[0], StringComparer.Ordinal))];

    /// <summary>What a query yields, a line for each row.</summary>
    public static IReadOnlyList<string> Query(this ModuleRunspace session, string sql) =>
        [.. session.Run($"Invoke-ProbeSql \"{sql}\"").Succeeded().Output.Cast<string>()];

    private static ModuleRunspace Open(Lazy<byte[]> template)
    {
        var session = ModuleRunspace.WithProbes();
        File.WriteAllBytes(session.PathOf("w.duckdb"), template.Value);
        session.Run("$w = Connect-LoyaltyWarehouse w.duckdb").Succeeded();
        return session;
    }

    private static byte[] Make(string script)
    {
        using var session = new ModuleRunspace();
        session.Run(
            $"$null = Connect-LoyaltyWarehouse t.duckdb; $null = Initialize-LoyaltyWarehouse -IncludeSources; {script}; Disconnect-LoyaltyWarehouse").Succeeded();
        return File.ReadAllBytes(session.PathOf("t.duckdb"));
    }
}
