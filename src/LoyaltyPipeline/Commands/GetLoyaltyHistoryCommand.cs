using System.Management.Automation;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads what Master said on earlier days.</summary>
/// <remarks>
/// <para>
/// Emits the versions of users: what Master said from one day until another. With -AsOf only the version that holds on a day, which for all
/// users together is Master as it was. A version has all columns of Master as properties, name, address and number too, and between which
/// days it held: from ValidFrom until the day before ValidTo, which the current version has not.
/// </para>
/// <para>
/// With -Between the changes from one day to another: a row for each user and column that differ, and for users who are new or gone. By
/// default the column is the engagement segment.
/// </para>
/// <para>A day that has not been written stands for the last written day before it.</para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyHistory -UserId 42</code>
/// Shows all versions of a user.
/// </example>
/// <example>
/// <code>Get-LoyaltyHistory -AsOf 2026-05-31 | Where-Object ENGAGEMENT_SCORE -gt 50 | Select-Object USER_ID, ENGAGEMENT_SEGMENT, ENGAGEMENT_SCORE</code>
/// Shows the users whose score on a day was above 50.
/// </example>
/// <example>
/// <code>Get-LoyaltyHistory -AsOf 2026-05-31 | Export-Csv master-2026-05-31.csv</code>
/// Writes Master as it was on a day into a file, with a column for each of Master's, ValidFrom and ValidTo.
/// </example>
/// <example>
/// <code>Get-LoyaltyHistory -Between 2026-05-31, 2026-06-29 -Column ENGAGEMENT_SEGMENT, REGION_*</code>
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
    [Alias("USER_ID")]
    [ValidateNotNullOrEmpty]
    [WholeNumberTransformation]
    public long[] UserId { get; set; } = [];

    /// <summary>Only the versions that hold on this day.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(WrittenDayCompleter))]
    public DateOnly? AsOf { get; set; }

    /// <summary>At most so many versions.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberTransformation]
    public int? First { get; set; }

    /// <summary>The two days to compare.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ChangeSet)]
    [RunDateTransformation(TakesSeveral = true)]
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
        var catalog = (await LoadPipelineAsync(cancellationToken)).Catalog;
        var history = new HistoryReader(catalog);
        var unseen = UserId.ToHashSet();
        if (ParameterSetName == ChangeSet)
        {
            _columns ??= history.FindColumns(Column, Reporter);
            if (_columns.Count == 0)
                return;
            await foreach (var change in history.ReadChangesAsync(
                warehouse, new ChangeQuery(Between[0], Between[1], _columns, UserId), cancellationToken))
            {
                unseen.Remove(change.UserId);
                await WriteObjectAsync(change);
            }
        }
        else
        {
            await foreach (var version in history.ReadVersionsAsync(warehouse, new VersionQuery(UserId, AsOf, First), cancellationToken))
            {
                unseen.Remove((long)version.ValueOf(catalog.Master.Columns[0].Name)!);
                await WriteObjectAsync(WithColumns(version, catalog.Master));
            }
        }

        await HistoryReader.ReportMissingAsync(warehouse, unseen, Reporter, cancellationToken);
    }

    // ValidFrom and ValidTo are properties already; here they come to stand beside the user, where a file of sixty columns shows them.
    private static PSObject WithColumns(UserVersion version, CatalogTable master)
    {
        var shown = new PSObject(version);
        foreach (var column in master.Columns)
        {
            Add(column.Name, version.ValueOf(column.Name));
            if (column == master.Columns[0])
            {
                Add(nameof(UserVersion.ValidFrom), version.ValidFrom);
                Add(nameof(UserVersion.ValidTo), version.ValidTo);
            }
        }

        return shown;

        void Add(string name, object? value) => shown.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
    }
}
