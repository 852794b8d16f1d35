using System.Management.Automation.Language;

namespace LoyaltyPipeline.Shell.Running;

/// <summary>Questions about a script's text.</summary>
internal static class ScriptText
{
    /// <returns>What keeps the text from being a script.</returns>
    public static ParseError[] Errors(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors;
    }

    /// <returns>Whether more lines could make the text a whole script.</returns>
    public static bool IsIncomplete(string text) => Errors(text).Any(e => e.IncompleteInput);
}
