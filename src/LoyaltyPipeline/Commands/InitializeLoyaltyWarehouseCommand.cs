using System.Management.Automation;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Creates the warehouse's tables, or adds what a newer catalog has more.</summary>
/// <remarks>
/// <para>Only adds: no table or column is dropped, renamed or changed. Doing it again changes nothing and emits nothing.</para>
/// <para>A column whose type differs from the catalog's is the error SchemaConflict, and nothing is changed.</para>
/// </remarks>
/// <example>
/// <code>Initialize-LoyaltyWarehouse</code>
/// Makes the tables of the connected warehouse and emits what it made.
/// </example>
/// <example>
/// <code>Initialize-LoyaltyWarehouse -Warehouse ./loyalty.duckdb -WhatIf</code>
/// Shows the statements and emits the planned changes. The file is not changed, nor created where there is none.
/// </example>
/// <example>
/// <code>Initialize-LoyaltyWarehouse -IncludeSources -Verbose</code>
/// Makes the source tables too, for a warehouse into which files are imported.
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
        if (changes.Count > 0 && await ShouldProcessAsync(Describe(changes), $"Make {changes.Count} schema changes in {warehouse.Location}?"))
            changes = await installer.InitializeAsync(warehouse, IncludeSources, planOnly: false, Reporter, cancellationToken);
        foreach (var change in changes)
            await WriteObjectAsync(change);
    }

    private static string Describe(IReadOnlyList<SchemaChange> changes) =>
        $"Run{Environment.NewLine}{string.Join(Environment.NewLine, changes.Select(change => $"{change.Sql};"))}";
}
