using System.Text;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Writing;

/// <summary>Writes about_LoyaltyErrors: every id with its category, what it means and what to do.</summary>
internal static class ErrorTopicWriter
{
    private const int Width = 79;

    private const string Head = """
        TOPIC
            about_LoyaltyErrors

        SHORT DESCRIPTION
            Every error of the module: its id, what it means, what to do.

        LONG DESCRIPTION
            An error has an id that does not change between versions, a category, the
            item it is about as its target, and a remedy:

                try { Invoke-LoyaltyMerge }
                catch {
                    $_.FullyQualifiedErrorId            # id, comma, cmdlet
                    $_.CategoryInfo.Category
                    $_.TargetObject
                    $_.ErrorDetails?.RecommendedAction  # the remedy
                }

            Scripts compare the id, never the message:

                try { Invoke-LoyaltyMerge }
                catch {
                    if ($_.FullyQualifiedErrorId -notlike 'RunLocked,*') { throw }
                    'Another run is at work: try again later.'
                }

            What concerns one of several things is an error after which the others go
            on: a name in full that is not there, a table or path of
            Import-LoyaltySource, a delivery that cannot be verified. -ErrorAction Stop
            ends the cmdlet there. All others end it always. Values that a parameter
            does not take are errors of PowerShell's own.


        """;

    private const string Foot = """

        SEE ALSO
            about_LoyaltyDelivery
            about_LoyaltyPipeline
            about_Try_Catch_Finally
            Get-LoyaltyRun

        """;

    public static string Write(IEnumerable<ErrorHelp> errors)
    {
        var text = new StringBuilder(Head);
        foreach (var (id, category, meaning, remedy) in errors)
        {
            text.Append($"  {id} ({category})\n");
            AppendWrapped(text, meaning);
            AppendWrapped(text, remedy);
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n" + Foot;
    }

    private static void AppendWrapped(StringBuilder text, string paragraph)
    {
        var line = new StringBuilder();
        foreach (var word in paragraph.Split(' '))
        {
            if (line.Length > 0 && 4 + line.Length + 1 + word.Length > Width)
            {
                text.Append($"    {line}\n");
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : string.Empty).Append(word);
        }

        text.Append($"    {line}\n");
    }
}
