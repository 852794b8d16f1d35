using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>LIST and REMOVE.</summary>
/// <param name="removes">Whether the files are removed.</param>
/// <param name="location">Where they are.</param>
internal sealed class FileStatement(bool removes, string location) : IStatement
{
    public StatementType Type => removes ? StatementType.RemoveFiles : StatementType.ListFiles;

    /// <summary>Reads what follows the verb.</summary>
    public static FileStatement Parse(bool removes, TokenReader reader)
    {
        var location = reader.Take();
        if (location.Kind is not (TokenKind.StageLocation or TokenKind.Text))
            throw SnowflakeError.Unexpected(location);
        return new FileStatement(removes, location.Value);
    }

    public ResultSet Execute(StatementContext context)
    {
        var stage = context.Engine.Stages.Find(context.Session, location);
        var files = stage.List();
        if (!removes)
        {
            return new ResultSet(
                [ResultColumn.Text("name"), ResultColumn.Count("size"), ResultColumn.Text("md5"), ResultColumn.Text("last_modified")],
                [.. files.Select(
                    file => new object?[] { stage.Prefix + file.Path, file.Size, file.Tag,
                        file.Written.ToString("R", System.Globalization.CultureInfo.InvariantCulture) })]);
        }

        foreach (var file in files)
            stage.Delete(file.Path);
        return new ResultSet(
            [ResultColumn.Text("name"), ResultColumn.Text("result")],
            [.. files.Select(file => new object?[] { stage.Prefix + file.Path, "removed" })]);
    }
}
