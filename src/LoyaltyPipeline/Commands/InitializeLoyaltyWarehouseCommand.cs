using System.Management.Automation;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Creates the warehouse's tables, or adds what a newer catalog has more.</summary>
/// <remarks>
/// <para>Only adds: no table or column is dropped, renamed or changed. Doing it again changes nothing and emits nothing.</para>
/// <para>
/// -WhatIf says what would be made, by kind, and emits each change, as yet not applied. The statements are in the property Sql, and are
/// shown with -Verbose.
/// </para>
/// <para>A column whose type differs from the catalog's is the error SchemaConflict, and nothing is changed.</para>
/// </remarks>
/// <example>
/// <code>Initialize-LoyaltyWarehouse</code>
/// Makes the tables of the connected warehouse and emits what it made.
/// </example>
/// <example>
/// <code>Initialize-LoyaltyWarehouse -Warehouse ./loyalty.duckdb -WhatIf</code>
/// Says what would be made and emits the planned changes. The file is not changed, nor created where there is none.
/// </example>
/// <example>
/// <code>Initialize-LoyaltyWarehouse -IncludeSources -Verbose</code>
/// Makes the source tables too, for a warehouse into which files are imported, and shows each statement.
/// </example>
[Cmdlet(VerbsData.Initialize, "LoyaltyWarehouse", SupportsShouldProcess = true)]
[OutputType(typeof(SchemaChange))]
public sealed class InitializeLoyaltyWarehouseCommand : PipelineCmdlet
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [WarehouseTransformation]
    [ValidateNotNull]
    public override LoyaltyWarehouse? Warehouse { get; set; }

    /// <summary>Whether the source tables are created too, for a warehouse file that holds them itself.</summary>
    [Parameter]
    public SwitchParameter IncludeSources { get; set; }

    /// <inheritdoc/>
    protected override bool CreatesWarehouse => true;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var installer = new SchemaInstaller((await LoadPipelineAsync(cancellationToken)).Catalog);
        var changes = await installer.InitializeAsync(warehouse, IncludeSources, planOnly: true, Reporter, cancellationToken);
        foreach (var change in changes)
            Reporter.Verbose($"{change.Sql};");
        if (changes.Count > 0
            && await ShouldProcessAsync(
                Describe(changes, warehouse.Location), $"Make {changes.Count} schema changes in {warehouse.Location}?"))
            changes = await installer.InitializeAsync(warehouse, IncludeSources, planOnly: false, Reporter, cancellationToken);
        foreach (var change in changes)
            await WriteObjectAsync(change);
    }

    private static string Describe(IReadOnlyList<SchemaChange> changes, string location) => string.Join(
        Environment.NewLine,
        changes.GroupBy(change => change.Action)
            .Select(kind => $"  {Describe(kind.Key)} {string.Join(", ", kind.Select(change => change.Name))}")
            .Prepend($"Make {changes.Count} schema changes in {location}:"));

    private static string Describe(SchemaAction action) => action switch
    {
        SchemaAction.CreateSchema => "create the schemas",
        SchemaAction.CreateTable => "create the tables",
        SchemaAction.AddColumn => "add the columns",
        SchemaAction.CreateView => "create or replace the views",
        SchemaAction.SeedRow => "put the first row into",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No such action."),
    };
}
