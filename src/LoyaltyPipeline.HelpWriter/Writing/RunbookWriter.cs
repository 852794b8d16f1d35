using System.Text;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Writing;

/// <summary>Writes the runbook: for whoever finds an error in a log, what it means and what to do, id by id.</summary>
internal static class RunbookWriter
{
    private const string Notice =
        "<!-- Written by the build from the error catalogues and their documentation comments; see src/LoyaltyPipeline.HelpWriter. -->";

    // What a category says of the exit code of Daily.ps1, and of trying again.
    private const string Busy = "ResourceBusy";

    private const string Head = """
        # Runbook

        Every error of the module by its id: what happened, and what to do. The id stands in the run log (`ErrorId` of `Get-LoyaltyRun`), in the error itself (`FullyQualifiedErrorId`, before the comma), and never changes.

        `Daily.ps1` ends with 4 for errors of the category `ResourceBusy`: another run or program was at work, and the next try may do. It ends with 1 for all others: they come again until somebody has done what is said here. Where a check failed
        it ends with 3, which is no error: `Test-PipelineIntegrity` names the rows, and `about_LoyaltyIntegrity` the checks.

        Whatever the error, a run has happened whole or not at all: after it the warehouse is as before, and what was begun of a delivery is completed or replaced by the next one.


        """;

    public static string Write(IReadOnlyList<ErrorHelp> errors, MarkdownText text)
    {
        var page = new StringBuilder($"{Notice}\n\n{Head}");
        page.Append(string.Join(" ·\n", errors.Select(error => $"[{error.Id}](#{error.Id.ToLowerInvariant()})"))).Append('\n');
        foreach (var (id, category, meaning, remedy) in errors)
        {
            page.Append($"\n## {id}\n\n{text.Write(meaning)}\n\n");
            page.Append($"**What to do.** {text.Write(remedy)}\n\n");
            page.Append($"Category `{category}`; `Daily.ps1` ends with {(category == Busy ? 4 : 1)}.\n");
        }

        return page.ToString();
    }
}
