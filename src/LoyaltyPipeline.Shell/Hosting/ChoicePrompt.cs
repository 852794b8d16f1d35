using System.Management.Automation.Host;

namespace LoyaltyPipeline.Shell.Hosting;

/// <summary>Lets the user pick one of several answers by its letter, as confirmations do.</summary>
internal sealed class ChoicePrompt(Prompter prompter, IReadOnlyList<ChoiceDescription> choices, int defaultChoice)
{
    private readonly (string Key, string Label)[] _answers = [.. choices.Select(c => Split(c.Label))];

    public int Ask(string caption, string message)
    {
        prompter.EnsureAvailable($"an answer to '{string.Join(" ", new[] { caption, message }.Where(t => !string.IsNullOrEmpty(t)))}'");
        prompter.Introduce(caption, message);
        while (true)
        {
            var answer = prompter.ReadLine(Menu(), "an answer").Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            if (answer is "?")
                Explain();
            else if (Find(answer) is var index and >= 0)
                return index;
        }
    }

    private string Menu()
    {
        var menu = string.Join("  ", _answers.Select(a => $"[{a.Key}] {a.Label}")) + "  [?] Help";
        return menu + (defaultChoice >= 0 ? $" (default is \"{_answers[defaultChoice].Key}\"): " : ": ");
    }

    private void Explain()
    {
        for (var i = 0; i < choices.Count; i++)
            prompter.Say($"{_answers[i].Key} - {choices[i].HelpMessage}");
    }

    private int Find(string answer) =>
        Array.FindIndex(_answers, a => Same(a.Key, answer) || Same(a.Label, answer));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>"Yes to &amp;All" has the key A; without an ampersand the label is its own key.</summary>
    private static (string Key, string Label) Split(string label)
    {
        var at = label.IndexOf('&', StringComparison.Ordinal);
        return at >= 0 && at < label.Length - 1
            ? (char.ToUpperInvariant(label[at + 1]).ToString(), label.Remove(at, 1))
            : (label, label);
    }
}
