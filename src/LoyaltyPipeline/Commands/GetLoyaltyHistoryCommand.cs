using System.Management.Automation;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads what Master said on earlier days.</summary>
/// <remarks>
/// <para>
/// Emits the versions of users: what Master said from one day until another. With -AsOf only the version that holds on a day, which for all users together
/// is Master as it was. The Columns of a version hold all columns of Master, name, address and number too.
/// </para>
/// <para>
/// With -Between the changes from one day to another: a row for each user and column that differ, and for users who are new or gone. By default the column is
/// the engagement segment.
/// </para>
/// <para>A day that has not been written stands for the last written day before it.</para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyHistory -UserId 4711</code>
/// Shows all versions of a user.
/// </example>
/// <example>
/// <code>Get-LoyaltyHistory -AsOf 1998-01-15 | ForEach-Object { $_.Columns.ENGAGEMENT_SCORE }</code>
/// Emits the scores of all users on a day.
/// </example>
/// <example>
/// <code>Get-LoyaltyHistory -Between 1998-01-01, 1998-06-30 -Column ENGAGEMENT_SEGMENT, REGION_*</code>
/// Shows who changed segment or region, before and after.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyHistory", DefaultParameterSetName = VersionSet)]
[OutputType(typeof(UserVersion), ParameterSetName = [VersionSet])]
[OutputType(typeof(UserChange), ParameterSetName = [ChangeSet])]
public sealed class GetLoyaltyHistoryCommand : PipelineCmdlet
{
    private const string VersionSet = "Versions";
    private const string ChangeSet = "Changes";

    private IReadOnlyList<string>? _columns;

    /// <summary>Only these users.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public long[] UserId { get; set; } = [];

    /// <summary>Only the versions that hold on this day.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(WrittenDayCompleter))]
    public DateOnly? AsOf { get; set; }

    /// <summary>At most so many versions.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>The two days to compare.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ChangeSet)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(WrittenDayCompleter))]
    [ValidateCount(2, 2)]
    public DateOnly[] Between { get; set; } = [];

    /// <summary>The columns to compare; * and ? stand for any characters and any one.</summary>
    [Parameter(ParameterSetName = ChangeSet)]
    [ArgumentCompleter(typeof(MasterColumnCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Column { get; set; } = ["ENGAGEMENT_SEGMENT"];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var history = new HistoryReader((await LoadPipelineAsync(cancellationToken)).Catalog);
        var unseen = UserId.ToHashSet();
        if (ParameterSetName == ChangeSet)
        {
            _columns ??= history.FindColumns(Column, Reporter);
            if (_columns.Count == 0)
                return;
            await foreach (var change in history.ReadChangesAsync(warehouse, new ChangeQuery(Between[0], Between[1], _columns, UserId), cancellationToken))
            {
                unseen.Remove(change.UserId);
                await WriteObjectAsync(change);
            }
        }
        else
        {
            await foreach (var version in history.ReadVersionsAsync(warehouse, new VersionQuery(UserId, AsOf, First), cancellationToken))
            {
                unseen.Remove(version.UserId);
                await WriteObjectAsync(version);
            }
        }

        await HistoryReader.ReportMissingAsync(warehouse, unseen, Reporter, cancellationToken);
    }
}
