using System.Management.Automation;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Thins History: takes days out of it that need not be told apart any more.</summary>
/// <remarks>
/// <para>
/// What was written in the calendar days that -KeepDaily counts stays; of the time before, the last written day of each month with
/// -ThenMonthly, else none. Days that stay say exactly what they said; a day that is gone is as if it had never been written, and can be
/// written again. The newest day always stays, and Master with it.
/// </para>
/// <para>
/// Versions of users that begin or end on such a day are joined with those of the next day that stays. Everything is one transaction, and a
/// run in the log. A DuckDB file does not get smaller, but what was freed is used again.
/// </para>
/// <para>What is gone cannot be brought back but from the sources, so the cmdlet asks first; jobs give -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Compress-LoyaltyHistory -KeepDaily 400 -ThenMonthly</code>
/// Keeps what was written in the 400 calendar days that end with the newest written day, and of the time before the last written day of
/// each month.
/// </example>
/// <example>
/// <code>(Compress-LoyaltyHistory -KeepDaily 90 -ThenMonthly -WhatIf).DaysRemoved</code>
/// Shows which days would go.
/// </example>
[Cmdlet(VerbsData.Compress, "LoyaltyHistory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CompressResult))]
public sealed class CompressLoyaltyHistoryCommand : PipelineCmdlet
{
    /// <summary>
    /// Of how many calendar days each written day stays: the newest written day is the last of them, and days on which nothing was written
    /// count too. Where only Mondays are written, 14 keeps two of them.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateRange(1, 100_000)]
    [WholeNumberTransformation]
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
        var description =
            $"Keep the days written in the {KeepDaily} calendar days up to the newest one in History of {warehouse.Location} and remove {before}";
        var planOnly = !await ShouldProcessAsync(description, $"{description}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        var options = new CompressOptions(new RetentionRule(KeepDaily, ThenMonthly), planOnly, LockWait);
        await WriteObjectAsync(await new HistoryCompressor(pipeline).CompressAsync(warehouse, options, Reporter, cancellationToken));
    }
}
