using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>Reads what is between the parentheses of CREATE TABLE.</summary>
internal static class ColumnList
{
    /// <summary>Reads the columns.</summary>
    /// <param name="tokens">What is between the parentheses.</param>
    /// <returns>The columns; those of a primary key are required.</returns>
    public static List<ColumnDefinition> Parse(IReadOnlyList<Token> tokens)
    {
        var columns = new List<ColumnDefinition>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in Split(tokens))
        {
            if (item[0].Is("CHECK") || (item[0].Is("CONSTRAINT") && item.Count > 2 && item[2].Is("CHECK")))
                throw SnowflakeError.Unexpected(item.First(token => token.Is("CHECK")));
            if (item[0].Is("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN"))
                keys.UnionWith(PrimaryKey(item));
            else
                columns.Add(ColumnDefinition.Parse(item));
        }

        return [.. columns.Select(column => keys.Contains(column.Name) ? column with { IsRequired = true } : column)];
    }

    /// <summary>Cuts a list at its commas.</summary>
    /// <exception cref="SnowflakeError">One of its items is empty.</exception>
    public static List<List<Token>> Split(IReadOnlyList<Token> tokens)
    {
        var reader = new TokenReader(tokens);
        var items = new List<List<Token>>();
        do
        {
            var item = reader.TakeUntil(token => token.IsSymbol(","));
            if (item.Count == 0)
                throw reader.IsAtEnd ? SnowflakeError.UnexpectedEnd() : SnowflakeError.Unexpected(reader.Peek()!);
            items.Add(item);
        }
        while (reader.TryTakeSymbol(","));
        return items;
    }

    private static IEnumerable<string> PrimaryKey(List<Token> item)
    {
        var at = item.FindIndex(token => token.Is("PRIMARY"));
        return at < 0
            ? []
            : item.Skip(at + 2).TakeWhile(token => !token.IsSymbol(")")).Where(token => token.IsName).Select(token => token.Value);
    }
}
