using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace LoyaltyPipeline.Shell.Hosting;

/// <summary>Asks for the values of mandatory parameters that the command line left out.</summary>
internal sealed class FieldPrompt(Prompter prompter, PSHostUserInterface userInterface)
{
    public Dictionary<string, PSObject> Ask(string caption, string message, IReadOnlyCollection<FieldDescription> fields)
    {
        prompter.EnsureAvailable("a value for " + string.Join(", ", fields.Select(f => f.Name)));
        prompter.Introduce(caption, message);
        return fields.ToDictionary(f => f.Name, f => PSObject.AsPSObject(Ask(f)), StringComparer.OrdinalIgnoreCase);
    }

    private object Ask(FieldDescription field)
    {
        var type = LanguagePrimitives.TryConvertTo<Type>(field.ParameterAssemblyFullName.Length > 0 ? field.ParameterTypeFullName : "string", out var found)
            ? found
            : typeof(string);
        if (type == typeof(SecureString))
            return prompter.ReadSecret(field.Name + ": ", field.Name);
        if (type == typeof(PSCredential))
            return userInterface.PromptForCredential("", "", "", field.Name);
        return typeof(IList).IsAssignableFrom(type) ? AskForList(field) : AskForOne(field, type);
    }

    private object AskForOne(FieldDescription field, Type type)
    {
        while (true)
        {
            var text = prompter.ReadLine(field.Name + ": ", field.Name);
            if (text is "!?")
                prompter.Say(field.HelpMessage ?? "");
            else if (LanguagePrimitives.TryConvertTo(text, type, out var value))
                return value;
            else
                prompter.Say($"'{text}' is not a value of the type {type.Name}.");
        }
    }

    /// <summary>One element a line, up to an empty one.</summary>
    private List<string> AskForList(FieldDescription field)
    {
        var list = new List<string>();
        while (prompter.ReadLine($"{field.Name}[{list.Count}]: ", field.Name) is { Length: > 0 } text)
            list.Add(text);
        return list;
    }
}
