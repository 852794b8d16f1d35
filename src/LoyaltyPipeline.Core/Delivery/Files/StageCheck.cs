using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>
/// Finds out, before anything is written, whether a delivery can go through a stage: what the engine writes there must lie where consumers
/// look for it.
/// </summary>
internal static class StageCheck
{
    private const string Address = "URL";

    /// <summary>Demands that it can.</summary>
    /// <param name="consumer">The consumer, with a stage.</param>
    /// <param name="stage">The place in the stage.</param>
    /// <exception cref="LoyaltyException"><c>StageInvalid</c>.</exception>
    public static async Task DemandAsync(
        IWarehouseSession session, Consumer consumer, StageLocation stage, string destination, CancellationToken cancellationToken)
    {
        if (session.Dialect.Stages is not { } stages)
            throw Wrong(
                stage, $"{session.Dialect.Engine} has no stages", "Leave the stage out: this machine then writes and sends the files.");
        if (!stages.Formats.Contains(consumer.Format))
        {
            var formats = SqlText.List(stages.Formats.Select(format => format.ToString()));
            throw Wrong(
                stage,
                $"{session.Dialect.Engine} does not write {consumer.Format} as a manifest promises it; through a stage goes {formats}",
                "Choose another format, or leave the stage out: this machine then writes and sends the files.");
        }

        var address = await FindAddressAsync(session, stages, stage, cancellationToken);
        if (address.Length == 0)
            throw Wrong(stage, $"it is inside {session.Dialect.Engine}, where no consumer reads it", "Name an external stage.");
        if (stages.S3Schemes.FirstOrDefault(scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is not { } known)
            throw Wrong(
                stage, $"its address {address} is not on S3, where manifest.json and latest.json go",
                "Name a stage on S3, or leave the stage out.");
        string[] parts = [address[known.Length..].Trim('/'), stage.Path];
        var place = DestinationText.S3Scheme + string.Join('/', parts.Where(part => part.Length > 0));
        // Schemes are equal in any case, keys and buckets are not.
        if (!DestinationText.IsS3(destination)
            || place[DestinationText.S3Scheme.Length..] != destination[DestinationText.S3Scheme.Length..])
            throw Wrong(
                stage, $"it lies at {place} and the destination is {destination}",
                $"Make {place} the destination of {consumer.Name}, or name the stage that lies at the destination.");
    }

    private static async Task<string> FindAddressAsync(
        IWarehouseSession session, StageDialect stages, StageLocation stage, CancellationToken cancellationToken)
    {
        try
        {
            var properties = await session.ListAsync(
                stages.Describe(stage.Stage), [],
                reader => (Name: reader.TextAt(reader.GetOrdinal("property")), Value: reader.TextAt(reader.GetOrdinal("property_value"))),
                cancellationToken);
            // It is told as a list of one: ["s3://bucket/prefix/"].
            return properties.FirstOrDefault(property => property.Name == Address).Value?.Trim('[', ']', '"', ' ') ?? string.Empty;
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            throw LoyaltyErrors.StageInvalid.Because(
                $"The stage {stage} cannot be used: {failure.Message}", stage.ToString(),
                $"Create {stage.Stage} and grant USAGE on it to the role that delivers; Get-LoyaltyDeployment has a template.", failure);
        }
    }

    private static LoyaltyException Wrong(StageLocation stage, string why, string remedy) =>
        LoyaltyErrors.StageInvalid.Because($"The stage {stage} cannot be used: {why}.", stage.ToString(), remedy);
}
