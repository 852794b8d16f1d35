using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>Reads options: NAME = value, and NAME = ( … ).</summary>
internal static class OptionReader
{
    /// <summary>Reads all that is left.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="known">The options that there are.</param>
    /// <returns>The tokens of each option's value, without parentheses.</returns>
    /// <exception cref="SnowflakeError">An option is not known, or is none.</exception>
    public static Dictionary<string, IReadOnlyList<Token>> Read(TokenReader reader, params string[] known)
    {
        var options = new Dictionary<string, IReadOnlyList<Token>>(StringComparer.Ordinal);
        while (!reader.IsAtEnd)
        {
            if (reader.TryTakeSymbol(","))
                continue;
            var name = reader.Take();
            if (name.Kind != TokenKind.Word || !known.Contains(name.Value, StringComparer.Ordinal))
                throw new SnowflakeError("001423", "22023", $"SQL compilation error:\ninvalid parameter '{name.Value}'");
            reader.ExpectSymbol("=");
            options[name.Value] = reader.Peek()?.IsSymbol("(") == true ? reader.TakeParenthesized() : [reader.Take()];
        }

        return options;
    }

    /// <summary>The one word or text of an option.</summary>
    /// <param name="initial">What it is where it is not set.</param>
    public static string One(this IReadOnlyDictionary<string, IReadOnlyList<Token>> options, string name, string initial) =>
        options.TryGetValue(name, out var value) && value.Count > 0 ? value[0].Value : initial;

    /// <summary>The one word of an option, in upper case.</summary>
    public static string Word(this IReadOnlyDictionary<string, IReadOnlyList<Token>> options, string name, string initial) =>
        options.One(name, initial).ToUpperInvariant();

    /// <summary>Whether an option is on.</summary>
    public static bool IsOn(this IReadOnlyDictionary<string, IReadOnlyList<Token>> options, string name, bool initial = false) =>
        options.Word(name, initial ? "TRUE" : "FALSE") == "TRUE";
}
