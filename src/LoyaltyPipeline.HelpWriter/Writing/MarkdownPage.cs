using System.Globalization;
using System.Text;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Writing;

/// <summary>Writes the page of a cmdlet for readers of the repository.</summary>
internal sealed class MarkdownPage(MarkdownText text)
{
    private const int Width = 100;

    public string Write(CmdletHelp cmdlet)
    {
        var page = new StringBuilder($"{MarkdownIndex.Notice}\n\n# {cmdlet.Name}\n\n");
        Append(page, [cmdlet.Synopsis], cmdlet);
        page.Append("## Syntax\n\n");
        foreach (var set in cmdlet.Sets)
            page.Append(
                $"{(cmdlet.Sets.Count > 1 ? $"{set.Name}{(set.IsDefault ? " (default)" : string.Empty)}:\n\n" : string.Empty)}```text\n{Syntax(cmdlet, set)}\n```\n\n");
        page.Append("## Description\n\n");
        Append(page, cmdlet.Description, cmdlet);
        page.Append("## Examples\n\n");
        foreach (var (index, example) in cmdlet.Examples.Index())
        {
            page.Append(CultureInfo.InvariantCulture, $"### Example {index + 1}\n\n```powershell\n{example.Code}\n```\n\n");
            Append(page, [example.Remark], cmdlet);
        }

        page.Append("## Parameters\n\n");
        foreach (var parameter in cmdlet.Parameters)
            AppendParameter(page, cmdlet, parameter);
        page.Append(
            "It also takes PowerShell's [common parameters](https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters).\n\n## Inputs\n\n");
        foreach (var input in cmdlet.Inputs)
            page.Append($"- `{input.Type}`: {text.Write(input.Text, cmdlet.Name)}\n");
        page.Append("\n## Outputs\n\n");
        foreach (var output in cmdlet.Outputs)
            page.Append($"- `{output}`\n");
        page.Append(
            $"\n## Errors\n\nEvery error has an id that scripts can compare, and a remedy: {text.Link(HelpTopic.Errors)}.\n\n## Related links\n\n");
        foreach (var link in cmdlet.Topics)
            page.Append($"- {text.Link(link)}\n");
        return page.Append("- [All cmdlets](README.md)\n").ToString();
    }

    // As Get-Command -Syntax has it, in lines that fit a page.
    private static string Syntax(CmdletHelp cmdlet, ParameterSetHelp set)
    {
        var lines = new StringBuilder();
        var line = new StringBuilder(cmdlet.Name);
        foreach (var part in set.Parameters.Select(Syntax).Append("[<CommonParameters>]"))
        {
            if (line.Length + 1 + part.Length > Width)
            {
                lines.Append(line).Append('\n');
                line.Clear().Append("   ");
            }

            line.Append(' ').Append(part);
        }

        return lines.Append(line).ToString();
    }

    private static string Syntax(ParameterHelp parameter)
    {
        var name = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var whole = parameter.IsSwitch ? name : $"{name} <{parameter.Type.Name}>";
        return parameter.IsMandatory ? whole : $"[{whole}]";
    }

    private static IEnumerable<string> AcceptedValues(ParameterHelp parameter)
    {
        var single = parameter.Type.GetElementType() ?? parameter.Type;
        return parameter.ValidValues.Count > 0 ? parameter.ValidValues : single.IsEnum ? Enum.GetNames(single) : [];
    }

    private static string Codes(IEnumerable<string> values) => string.Join(", ", values.Select(value => $"`{value}`"));

    private void Append(StringBuilder page, IEnumerable<string> paragraphs, CmdletHelp cmdlet)
    {
        foreach (var paragraph in paragraphs)
            page.Append(text.Write(paragraph, cmdlet.Name)).Append("\n\n");
    }

    private void AppendParameter(StringBuilder page, CmdletHelp cmdlet, ParameterHelp parameter)
    {
        page.Append($"### -{parameter.Name}\n\n");
        Append(page, [parameter.Description], cmdlet);
        var sets = cmdlet.Sets.Where(set => set.Parameters.Any(candidate => candidate.Name == parameter.Name)).ToList();
        var accepted = Codes(AcceptedValues(parameter));
        var facts = new (string Name, string? Text)[]
        {
            ("Type", $"`{parameter.Type.Name}`"),
            ("Parameter sets", sets.Count < cmdlet.Sets.Count ? string.Join(", ", sets.Select(set => set.Name)) : null),
            ("Required", parameter.IsMandatory ? "yes" : "no"),
            ("Position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            ("Default", parameter.Default == "None" ? "none" : $"`{parameter.Default}`"),
            ("Accepted values", accepted.Length > 0 ? accepted : null),
            ("Pipeline input", parameter.PipelineInput == "False" ? null : parameter.PipelineInput),
            ("Wildcards", parameter.TakesWildcards ? "yes" : null),
            ("Aliases", parameter.Aliases.Count > 0 ? Codes(parameter.Aliases.Select(alias => $"-{alias}")) : null),
        };
        foreach (var (name, fact) in facts.Where(fact => fact.Text is not null))
            page.Append($"- {name}: {fact}\n");
        page.Append('\n');
    }
}
