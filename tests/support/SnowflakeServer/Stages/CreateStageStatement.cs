using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Statements;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>CREATE STAGE.</summary>
/// <param name="options">What stands before STAGE.</param>
/// <param name="ifNotExists">Whether one that is there stays.</param>
/// <param name="url">Where it is; null inside Snowflake.</param>
internal sealed class CreateStageStatement(CreateOptions options, IReadOnlyList<string> name, bool ifNotExists, string? url) : DdlStatement
{
    /// <summary>Reads what follows STAGE.</summary>
    public static CreateStageStatement Parse(CreateOptions options, TokenReader reader)
    {
        var ifNotExists = reader.TryTake("IF", "NOT", "EXISTS");
        var name = reader.TakeName();
        var properties = OptionReader.Read(
            reader, "URL", "STORAGE_INTEGRATION", "CREDENTIALS", "ENCRYPTION", "FILE_FORMAT", "DIRECTORY", "COMMENT", "COPY_OPTIONS",
            "ENDPOINT");
        var url = properties.ContainsKey("URL") ? properties.One("URL", "") : null;
        if (url?.StartsWith("s3compat://", StringComparison.Ordinal) == true && !properties.ContainsKey("ENDPOINT"))
            throw new SnowflakeError("002079", "22023", "SQL compilation error:\nmissing property 'ENDPOINT' for an S3-compatible stage.");
        return new CreateStageStatement(options, name, ifNotExists, url);
    }

    protected override string Apply(StatementContext context)
    {
        var stage = context.Session.Resolve(name);
        if (context.Engine.Stages.Create(stage, url, options.Replaces))
            return $"Stage area {stage.Name} successfully created.";
        return ifNotExists ? $"{stage.Name} already exists, statement succeeded." : throw SnowflakeError.AlreadyExists(stage.Name);
    }
}
