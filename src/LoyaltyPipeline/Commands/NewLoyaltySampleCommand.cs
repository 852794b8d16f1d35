using System.Management.Automation;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Writes synthetic source data: into the source tables of a warehouse, or as landing files.</summary>
/// <remarks>
/// <para>The same parameters give the same rows on every machine and day, to the byte. People, addresses and numbers are invented.</para>
/// <para>
/// The figures are those of a business that grows. A user has about 35 rows in all tables; activity is skewed, follows the week
/// and the year, and some users lapse. Seven users in ten were there before the first day, the others sign up from then on, more of them in
/// younger markets. All but one in twenty-five are scored from the first day or their sign-up on, every two, three or six weeks as they are
/// active, now a little better and now a little worse; so each day one or two users in a hundred change segment, and a few more on the days
/// on which a region raises its thresholds, while the segments stay about as large as they are. A feature, voice-assistant, comes out 45
/// days before the last day. No day has more or fewer rows than it should: a clean sample, however small, trips no guard and no check.
/// </para>
/// <para>
/// With -Dirty rows that break each rule of the catalog are planted, in any table a tenth of its rows at most, and the result says how many
/// of which; files also get values that are none of their type.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// Connect-LoyaltyWarehouse ./demo.duckdb
/// Initialize-LoyaltyWarehouse
/// $sample = New-LoyaltySample -Users 10000
/// Invoke-LoyaltyMerge -RunDate $sample.LastDay
/// </code>
/// Fills a warehouse and merges the last day of the sample.
/// </example>
/// <example>
/// <code>New-LoyaltySample -Users 10000 -Days 90 -Seed 7 -Dirty -Path ./landing</code>
/// Writes landing files with planted bad rows.
/// </example>
[Cmdlet(VerbsCommon.New, "LoyaltySample", SupportsShouldProcess = true, DefaultParameterSetName = "Warehouse")]
[OutputType(typeof(SampleResult))]
public sealed class NewLoyaltySampleCommand : PipelineCmdlet
{
    /// <summary>How many users the sample has.</summary>
    [Parameter]
    [ValidateRange(1, 100_000_000)]
    [WholeNumberTransformation]
    public int Users { get; set; } = 10_000;

    /// <summary>How many days, ending with -LastDay, have events.</summary>
    [Parameter]
    [ValidateRange(1, 3660)]
    [WholeNumberTransformation]
    public int Days { get; set; } = 365;

    /// <summary>Another seed gives other people with the same habits.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public long Seed { get; set; } = 7;

    /// <summary>
    /// The last day with events. It does not depend on today unless you say so. A day that is still to come needs -Force of
    /// Invoke-LoyaltyMerge.
    /// </summary>
    [Parameter]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    [ValidateSampleDay]
    public DateOnly LastDay { get; set; } = new SyntheticDataOptions().LastDay;

    /// <summary>Plants rows that break each rule of the catalog.</summary>
    [Parameter]
    public SwitchParameter Dirty { get; set; }

    /// <summary>
    /// The folder to write landing files to, one CSV file a table. Where it is not given, the warehouse's source tables are filled.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Files", Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Gzips the landing files.</summary>
    [Parameter(ParameterSetName = "Files")]
    public SwitchParameter Compress { get; set; }

    /// <summary>Replaces rows or files that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var options = new SyntheticDataOptions { Users = Users, Days = Days, Seed = Seed, LastDay = LastDay, Dirty = Dirty };
        var sample = new SyntheticDataWriter(await LoadPipelineAsync(cancellationToken));
        if (Path is not null)
        {
            var folder = await ResolvePathAsync(Path);
            sample.RequireRoom(folder, Force);
            if (await ShouldProcessAsync(
                $"Write a sample of {Users} users to the folder {folder}", $"Write a sample of {Users} users to the folder {folder}?"))
                await WriteObjectAsync(await sample.WriteFilesAsync(folder, options, Compress, Force, Reporter, cancellationToken));
            return;
        }

        var warehouse = await OpenWarehouseAsync(cancellationToken);
        await sample.RequireRoomAsync(warehouse, Force, cancellationToken);
        if (await ShouldProcessAsync(
            $"Write a sample of {Users} users to the source tables of {warehouse.Location}",
            $"Write a sample of {Users} users to the source tables of {warehouse.Location}?"))
            await WriteObjectAsync(await sample.WriteAsync(warehouse, options, Force, LockWait, Reporter, cancellationToken));
    }
}
