using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Statements;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>CREATE STAGE.</summary>
/// <param name="options">What stands before STAGE.</param>
/// <param name="name">Its name.</param>
/// <param name="ifNotExists">Whether one that is there stays.</param>
/// <param name="url">Where it is; null inside Snowflake.</param>
internal sealed class CreateStageStatement(CreateOptions options, IReadOnlyList<string> name, bool ifNotExists, string? url) : DdlStatement
{
    /// <summary>Reads what follows STAGE.</summary>
    public static CreateStageStatement Parse(CreateOptions options, TokenReader reader)
    {
        var ifNotExists = reader.TryTake("IF", "NOT", "EXISTS");
        var name = reader.TakeName();
        var properties = OptionReader.Read(reader, "URL", "STORAGE_INTEGRATION", "CREDENTIALS", "ENCRYPTION", "FILE_FORMAT", "DIRECTORY", "COMMENT", "COPY_OPTIONS", "ENDPOINT");
        return new CreateStageStatement(options, name, ifNotExists, properties.ContainsKey("URL") ? properties.One("URL", "") : null);
    }

    protected override string Apply(StatementContext context)
    {
        var stage = context.Session.Resolve(name);
        if (context.Engine.Stages.Create(stage, url, options.Replaces))
            return $"Stage area {stage.Name} successfully created.";
        return ifNotExists ? $"{stage.Name} already exists, statement succeeded." : throw SnowflakeError.AlreadyExists(stage.Name);
    }
}
