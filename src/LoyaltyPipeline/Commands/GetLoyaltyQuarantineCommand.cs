using System.Management.Automation;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads the source rows that imports and merges could not use, and why.</summary>
/// <remarks>
/// <para>
/// The rules are type (a value is none of its column's type), null_key, not_null, accepted_values, range, orphan (the row belongs to no user) and duplicate
/// (another row of its key won). A row is recorded by each run that rejects it, under the first rule it breaks.
/// </para>
/// <para>
/// A row is open while it waits for a repair. Of merges, what the newest one of the newest day rejected is open, so a row that was repaired at its source is
/// used by the next run and no longer open. What an import rejected is open until a later import brings a row of its key or replaces the table, or brings a
/// file of the same name where the key could not be read.
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
    /// <summary>Only rows of this run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary>Only rows of this source table.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceTableCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Table { get; set; }

    /// <summary>Only rows that broke this rule.</summary>
    [Parameter]
    [ValidateSet(
        RejectionRule.Type, RejectionRule.NullKey, RejectionRule.NotNull, RejectionRule.AcceptedValues, RejectionRule.Range, RejectionRule.Orphan, RejectionRule.Duplicate)]
    public string? Rule { get; set; }

    /// <summary>Only rows that still wait for a repair.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>At most so many rows.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var catalog = (await LoadPipelineAsync(cancellationToken)).Catalog;
        var source = Table is null ? null : catalog.FindSource(Table)
            ?? throw LoyaltyErrors.SourceTableUnknown.Because($"The catalog has no source table {Table}.", Table, $"Use one of {string.Join(", ", catalog.Sources)}.");
        var found = false;
        await foreach (var row in QuarantineReader.ReadAsync(warehouse, new QuarantineQuery(RunId, source?.Name.ToString(), Rule?.ToLowerInvariant(), Open, First), cancellationToken))
        {
            found = true;
            await WriteObjectAsync(row);
        }

        // No row may mean that the run rejected nothing, or that there is no such run, which is an error.
        if (!found && RunId is not null)
            await RunReader.ReadAsync(warehouse, new RunQuery(RunId), cancellationToken);
    }
}
