using System.Management.Automation;
using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads how far features are adopted, by region.</summary>
/// <remarks>
/// <para>
/// Emits a row for each region and each feature that anybody has taken up, also where nobody of the region has. Adopters are the users of
/// the region who had first used the feature by the end of the day. AdoptionRate is ActiveAdopters of ActiveUsers: both count accounts that
/// are active. Change30D is who took the feature up in the 30 days that end with the day. Users without region are the region (none), those
/// whose region REGION_METADATA does not know (unknown); a region of fewer than 5 users is marked.
/// </para>
/// <para>
/// Adoption is counted when a day is merged, from the rows that the merge used, so it agrees with FEATURES_ADOPTED of Master. -AsOf shows
/// an earlier day as it was counted then. The views LOYALTY.FEATURE_ADOPTION_BY_REGION and LOYALTY.FEATURE_ADOPTION_TREND show the same to
/// others.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-FeatureAdoption -Region DE* -Module Insights</code>
/// Shows the features of a module in some regions.
/// </example>
/// <example>
/// <code>(Get-FeatureAdoption -Feature data-export -AsOf 2026-05-31).Where{ -not $_.IsSmallRegion }</code>
/// Shows a feature on an earlier day, without small regions.
/// </example>
[Cmdlet(VerbsCommon.Get, "FeatureAdoption")]
[OutputType(typeof(FeatureAdoption))]
public sealed class GetFeatureAdoptionCommand : WarehouseCmdlet
{
    /// <summary>Only these regions, by code or name; * and ? stand for any characters and any one.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(AdoptionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Region { get; set; } = [];

    /// <summary>Only features of these modules; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AdoptionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Module { get; set; } = [];

    /// <summary>Only these features; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AdoptionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Feature { get; set; } = [];

    /// <summary>
    /// The day; the newest where it is not given. One that has not been written stands for the last written day before it.
    /// </summary>
    [Parameter]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(WrittenDayCompleter))]
    public DateOnly? AsOf { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        await foreach (var adoption in AdoptionReader.ReadAsync(
            warehouse, new AdoptionQuery(Region, Module, Feature, AsOf), Reporter, cancellationToken))
            await WriteObjectAsync(adoption);
    }
}
