using LoyaltyPipeline.Module.Tests.Processes;
using LoyaltyPipeline.Module.Tests.Support;

[assembly: AssemblyFixture(typeof(InterruptedWork))]

namespace LoyaltyPipeline.Module.Tests.Processes;

/// <summary>
/// A warehouse with enough in it that a merge and a delivery take a while, and a landing folder with enough that an import does; made once.
/// </summary>
public sealed class InterruptedWork : IDisposable
{
    /// <summary>The newest day that is written.</summary>
    public const string Day = "2026-06-28";

    private readonly ScratchFolder _folder = new();
    private readonly Lazy<string> _made;

    public InterruptedWork() => _made = new Lazy<string>(Make);

    /// <summary>The landing folder.</summary>
    public string Landing => Path.Combine(_made.Value, "landing");

    /// <summary>Copies the warehouse.</summary>
    public void CopyWarehouse(string path) => File.Copy(Path.Combine(_made.Value, "w.duckdb"), path);

    public void Dispose() => _folder.Dispose();

    private string Make()
    {
        using var session = ModuleRunspace.WithProbes();
        session.Run($$"""
            $null = Connect-LoyaltyWarehouse '{{_folder.Path}}/w.duckdb'
            $null = Initialize-LoyaltyWarehouse -IncludeSources
            $null = New-LoyaltySample -Users 60000 -Days 60
            $null = Invoke-LoyaltyMerge {{Day}}
            # Many who are highly engaged: a delivery that is not over before it can be stopped.
            $null = Invoke-ProbeSql "INSERT INTO LOYALTY.MASTER SELECT m.* REPLACE (r.u AS USER_ID, 'Highly Engaged' AS ENGAGEMENT_SEGMENT, TRUE AS MARKETING_CONSENT, 'active' AS ACCOUNT_STATUS, MD5(r.u::VARCHAR) AS EMAIL) FROM (SELECT * FROM LOYALTY.MASTER LIMIT 1) AS m, range(1000000, 3000000) AS r(u)"
            Disconnect-LoyaltyWarehouse
            $null = New-LoyaltySample -Users 60000 -Days 60 -Path '{{_folder.Path}}/landing'
            """).Succeeded();
        return _folder.Path;
    }
}
