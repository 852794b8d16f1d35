using System.Management.Automation;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.RuntimeProbes;

/// <summary>Says what is in every table of a warehouse, a line each: its name, its rows and a sum over their hashes.</summary>
[Cmdlet(VerbsCommon.Get, "ProbeContent")]
[OutputType(typeof(string))]
public sealed class GetProbeContentCommand : WarehouseCmdlet
{
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var tables = await session.ListAsync(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1", [],
            reader => reader.GetString(0), cancellationToken);
        foreach (var table in tables)
        {
            var content = await session.ListAsync(
                $"SELECT COUNT(*) || ' rows ' || COALESCE(SUM(HASH(t)), 0) FROM {table} AS t", [], reader => reader.GetString(0),
                cancellationToken);
            await WriteObjectAsync($"{table} {content[0]}");
        }
    }
}
