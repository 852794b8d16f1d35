using System.Management.Automation;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads the source rows that imports and merges could not use, and why.</summary>
/// <remarks>
/// <para>
/// The rules are type (a value is none of its column's type), null_key, not_null, accepted_values, range, orphan (the row belongs to no
/// user) and duplicate (another row of its key won). A row is recorded by each run that rejects it, under the first rule it breaks.
/// </para>
/// <para>
/// A row is open while it waits for a repair. Of merges, what the newest one of the newest day rejected is open, so a row that was repaired
/// at its source is used by the next run and no longer open. What an import rejected is open until a later import brings a row of its key
/// or replaces the table, or brings a file of the same name where the key could not be read.
/// </para>
/// <para>Values are not repeated, as they may be personal data; the key, and file and line of an imported row, lead to them.</para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyRun -Kind Merge -Last 1 | Get-LoyaltyQuarantine</code>
/// Shows what the newest merge rejected.
/// </example>
/// <example>
/// <code>Get-LoyaltyQuarantine -Open</code>
/// Shows what is still to be repaired.
/// </example>
/// <example>
/// <code>Get-LoyaltyQuarantine -Table USER_ACTIVITY -Rule range -First 20</code>
/// Shows twenty activities with a number out of range, of any run.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyQuarantine")]
[OutputType(typeof(QuarantinedRow))]
public sealed class GetLoyaltyQuarantineCommand : PipelineCmdlet
{
    /// <summary>
    /// Only rows of these runs; * and ? stand for any characters and any one. An id in full that no run has is an error, after which the
    /// others go on.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? RunId { get; set; }

    /// <summary>Only rows of these source tables, with or without schema; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceTableCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Table { get; set; }

    /// <summary>Only rows that broke one of these rules; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [NamesTransformation(TakesSeveral = true, Of = typeof(RejectionRule))]
    [SupportsWildcards]
    [ValidateSet(
        RejectionRule.Type, RejectionRule.NullKey, RejectionRule.NotNull, RejectionRule.AcceptedValues, RejectionRule.Range,
        RejectionRule.Orphan, RejectionRule.Duplicate)]
    public string[]? Rule { get; set; }

    /// <summary>Only rows that still wait for a repair.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>At most so many rows.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberTransformation]
    public int? First { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var runs = RunId is null ? null : await RunReader.FindAsync(warehouse, RunId, Reporter, cancellationToken);
        var tables = Table is null
            ? null
            : SourceTables.Find((await LoadPipelineAsync(cancellationToken)).Catalog, Table, Reporter)
                .Select(table => table.Name.ToString()).ToList();
        await foreach (var row in QuarantineReader.ReadAsync(
            warehouse, new QuarantineQuery(runs, tables, Rule?.Select(rule => rule.ToLowerInvariant()).ToList(), Open, First), Reporter, cancellationToken))
            await WriteObjectAsync(row);
    }
}
