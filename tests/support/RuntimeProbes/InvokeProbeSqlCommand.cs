using System.Globalization;
using System.Management.Automation;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.RuntimeProbes;

/// <summary>Runs a statement and emits the rows it yields, their values joined by bars.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ProbeSql")]
[OutputType(typeof(string))]
public sealed class InvokeProbeSqlCommand : WarehouseCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Sql { get; set; } = string.Empty;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var rows = await session.ListAsync(
            Sql, [], reader => string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => TextOf(reader.GetValue(column)))),
            cancellationToken);
        foreach (var row in rows)
            await WriteObjectAsync(row);
    }

    private static string? TextOf(object value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
