using System.Management.Automation.Runspaces;

namespace LoyaltyPipeline.Shell.CommandLine;

/// <summary>Turns the words after a script's name into parameters, as pwsh does.</summary>
internal static class ScriptArguments
{
    public static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (!IsName(word))
                yield return new CommandParameter(name: null, word);
            else if (colon < 0)
                yield return new CommandParameter(word);
            else if (colon < word.Length - 1)
                yield return new CommandParameter(word[..colon], Value(word[(colon + 1)..]));
            else if (i + 1 < words.Count)
                yield return new CommandParameter(word[..colon], Value(words[++i]));
            else
                yield return new CommandParameter(word.TrimEnd(':'));
        }
    }

    /// <summary>A dash and a letter begin a name; a lone dash or a negative number is a value.</summary>
    private static bool IsName(string word) => word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] == '_');

    /// <summary>Switches are turned off with the text <c>-Name:$false</c>, which no other process would evaluate.</summary>
    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
