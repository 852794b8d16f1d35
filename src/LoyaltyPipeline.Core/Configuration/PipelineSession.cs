using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>Opens sessions in which every source is within reach.</summary>
internal static class PipelineSession
{
    /// <summary>Opens a session and attaches the files of sources that live in files of their own, read-only.</summary>
    /// <exception cref="LoyaltyException"><c>SourceMissing</c>: a file does not exist; and those of opening a session.</exception>
    public static async Task<IWarehouseSession> OpenAsync(IWarehouse warehouse, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var session = await warehouse.OpenSessionAsync(cancellationToken);
        try
        {
            foreach (var (schema, location) in pipeline.Config.Sources)
            {
                if (location.File is { } file)
                    await AttachAsync(session, schema, file, cancellationToken);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static Task<long> AttachAsync(IWarehouseSession session, string schema, string file, CancellationToken cancellationToken) => File.Exists(file)
        ? session.ExecuteAsync($"ATTACH IF NOT EXISTS {SqlText.Quote(file)} AS {PipelineConfig.AttachedName(schema)} (READ_ONLY)", cancellationToken)
        : throw LoyaltyErrors.SourceMissing.Because($"The file {file} of source {schema} does not exist.", schema, "Correct the path in pipeline.yml, or restore the file.");
}
