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
        var files = stage.Files().ToList();
        if (!removes)
        {
            return new ResultSet(
                [ResultColumn.Text("name"), ResultColumn.Count("size"), ResultColumn.Text("md5"), ResultColumn.Text("last_modified")],
                [.. files.Select(file => new object?[] { stage.NameOf(file), file.Length, Md5(file), file.LastWriteTimeUtc.ToString("R", System.Globalization.CultureInfo.InvariantCulture) })]);
        }

        files.ForEach(file => file.Delete());
        return new ResultSet([ResultColumn.Text("name"), ResultColumn.Text("result")], [.. files.Select(file => new object?[] { stage.NameOf(file), "removed" })]);
    }

    // Snowflake tells the MD5 of staged files; nothing is protected by it.
#pragma warning disable CA5351
    private static string Md5(FileInfo file) => Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(File.ReadAllBytes(file.FullName)));
#pragma warning restore CA5351
}
