using System.Text;

namespace LoyaltyPipeline.Core.Scheduling.Definitions;

/// <summary>Arguments as one text, as programs of Windows take it apart.</summary>
internal static class WindowsArguments
{
    /// <summary>The text.</summary>
    public static string Join(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && !argument.Any(letter => letter is ' ' or '"'))
            return argument;
        var text = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var letter in argument)
        {
            // Backslashes mean themselves but before a quote.
            text.Append('\\', letter == '"' ? backslashes + 1 : 0).Append(letter);
            backslashes = letter == '\\' ? backslashes + 1 : 0;
        }

        return text.Append('\\', backslashes).Append('"').ToString();
    }
}
