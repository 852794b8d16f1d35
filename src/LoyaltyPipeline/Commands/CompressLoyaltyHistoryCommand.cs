using System.Management.Automation;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Thins History: takes days out of it that need not be told apart any more.</summary>
/// <remarks>
/// <para>
/// The newest days stay; of the time before, the last written day of each month with -ThenMonthly, else none. Days that stay say exactly what they said; a day
/// that is gone is as if it had never been written, and can be written again. The newest day always stays, and Master with it.
/// </para>
/// <para>
/// Versions of users that begin or end on such a day are joined with those of the next day that stays. Everything is one transaction, and a run in the log.
/// A DuckDB file does not get smaller, but what was freed is used again.
/// </para>
/// <para>What is gone cannot be brought back but from the sources, so the cmdlet asks first; jobs give -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Compress-LoyaltyHistory -KeepDaily 400 -ThenMonthly</code>
/// Keeps each of the newest 400 days, and of the time before the last written day of each month.
/// </example>
/// <example>
/// <code>(Compress-LoyaltyHistory -KeepDaily 90 -ThenMonthly -WhatIf).DaysRemoved</code>
/// Shows which days would go.
/// </example>
[Cmdlet(VerbsData.Compress, "LoyaltyHistory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CompressResult))]
public sealed class CompressLoyaltyHistoryCommand : PipelineCmdlet
{
    /// <summary>How many days stay, counted back from the newest written day.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateRange(1, 100_000)]
    public int KeepDaily { get; set; }

    /// <summary>Whether of the time before, the last written day of each month stays too.</summary>
    [Parameter]
    public SwitchParameter ThenMonthly { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var before = ThenMonthly ? "all days before but the last of each month" : "all days before";
        var planOnly = !await ShouldProcessAsync(
            $"Keep the newest {KeepDaily} days in History of {warehouse.Location} and remove {before}", $"Keep the newest {KeepDaily} days in History of {warehouse.Location} and remove {before}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        var options = new CompressOptions(new RetentionRule(KeepDaily, ThenMonthly), planOnly, LockWait);
        await WriteObjectAsync(await new HistoryCompressor(pipeline).CompressAsync(warehouse, options, Reporter, cancellationToken));
    }
}
