using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Scheduling.Definitions;

/// <summary>A job as the XML of the Task Scheduler. Its schema is published as [MS-TSCH].</summary>
internal static class TaskSchedulerXml
{
    private const string Principal = "Author";
    private const string Maker = "LoyaltyPipeline ";

    private static readonly XNamespace Schema = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    private static readonly string[] Telling = ["Source", "Command", "Arguments"];

    private static readonly Dictionary<string, string> ServiceAccounts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SYSTEM"] = "S-1-5-18",
        ["LOCAL SERVICE"] = "S-1-5-19",
        ["NETWORK SERVICE"] = "S-1-5-20",
    };

    /// <summary>The definition. It names no encoding, so that it is right in whatever one it is written.</summary>
    /// <exception cref="LoyaltyException"><c>TaskUnsupported</c>, <c>TaskInvalid</c>.</exception>
    public static string Write(TaskPlan plan)
    {
        Demand(plan);
        var task = new XElement(
            Schema + "Task", new XAttribute("version", "1.2"),
            new XElement(
                Schema + "RegistrationInfo", new XElement(Schema + "Description", $"LoyaltyPipeline: {plan.Name}"),
                new XElement(Schema + "Documentation", TaskMark.Of(plan).ToString())),
            TaskSchedulerTriggers.Of(plan, Schema), Principals(plan), Settings(plan), Actions(plan.Command));
        // Windows keeps a definition in words of its own; by this its author knows it again.
        task.Element(Schema + "RegistrationInfo")!.AddFirst(new XElement(Schema + "Source", Maker + DigestOf(task)));
        return $"""<?xml version="1.0"?>{'\n'}{task}""".ReplaceLineEndings("\r\n") + "\r\n";
    }

    /// <summary>Whether a definition that Windows gave back is one that was written here and not changed since in what it starts.</summary>
    public static bool AreSame(string registered, string written)
    {
        var (there, here) = (XDocument.Parse(registered).Root!, XDocument.Parse(written).Root!);
        return Array.TrueForAll(Telling, name => TextOf(there, name) == TextOf(here, name));
    }

    /// <summary>What a definition starts: the program and its arguments as one text.</summary>
    public static (string Program, string Arguments) CommandOf(string definition)
    {
        var task = XDocument.Parse(definition).Root!;
        return (TextOf(task, "Command"), TextOf(task, "Arguments"));
    }

    /// <summary>The account of a definition; null where it names none.</summary>
    public static string? AccountOf(string definition) =>
        TextOf(XDocument.Parse(definition).Root!, "UserId") is { Length: > 0 } account ? account : null;

    private static string TextOf(XElement task, string name) => task.Descendants(Schema + name).FirstOrDefault()?.Value ?? string.Empty;

    private static string DigestOf(XElement task) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(task.ToString())));

    private static void Demand(TaskPlan plan)
    {
        if (plan.EnvironmentFile is not null)
            throw Unsupported("a file of environment variables", "Set them for the account, or for the machine.");
        if (plan.Scope is not null)
            throw Unsupported("a scope", "-Account says as whom a task runs.");
        if (plan.RetryCount > byte.MaxValue || plan.RetryInterval < TimeSpan.FromMinutes(1) || plan.RetryInterval > TimeSpan.FromDays(31))
            throw Unsupported("more than 255 tries again, or fewer than a minute or more than 31 days between them");
        foreach (var value in plan.Command.Arguments.Prepend(plan.Command.Program))
            DemandValue(value);
    }

    // What the Task Scheduler puts others in the place of, with no way to write them as they are.
    private static void DemandValue(string value)
    {
        if (value.Count(letter => letter == '%') > 1)
            throw Unsupported($"'{value}', of which it would read what is between percent signs as an environment variable");
        if (value.Contains("$(", StringComparison.Ordinal))
            throw Unsupported($"'{value}', in which it would put an argument of its own in the place of $(");
    }

    private static LoyaltyException Unsupported(string what, string? remedy = null) =>
        LoyaltyErrors.TaskUnsupported.Because($"The Task Scheduler cannot have {what}.", remedy: remedy);

    // A group managed service account ends with a dollar, and the domain knows its password; any other runs without one.
    private static XElement Principals(TaskPlan plan)
    {
        var account = plan.Account?.Replace(@"NT AUTHORITY\", string.Empty, StringComparison.OrdinalIgnoreCase);
        var sid = account is null ? null : ServiceAccounts.GetValueOrDefault(account);
        return new XElement(
            Schema + "Principals",
            new XElement(
                Schema + "Principal", new XAttribute("id", Principal),
                account is null ? null : new XElement(Schema + "UserId", sid ?? plan.Account),
                sid is not null ? null : new XElement(Schema + "LogonType", account?.EndsWith('$') == true ? "Password" : "S4U"),
                new XElement(Schema + "RunLevel", "LeastPrivilege")));
    }

    private static XElement Settings(TaskPlan plan) => new(
        Schema + "Settings",
        plan.RetryCount == 0
            ? null
            : new XElement(
                Schema + "RestartOnFailure", new XElement(Schema + "Interval", XmlConvert.ToString(plan.RetryInterval)),
                new XElement(Schema + "Count", plan.RetryCount)),
        new XElement(Schema + "MultipleInstancesPolicy", "IgnoreNew"),
        new XElement(Schema + "DisallowStartIfOnBatteries", false),
        new XElement(Schema + "StopIfGoingOnBatteries", false),
        new XElement(Schema + "StartWhenAvailable", plan.CatchesUp),
        new XElement(Schema + "WakeToRun", plan.WakesMachine),
        new XElement(Schema + "ExecutionTimeLimit", XmlConvert.ToString(plan.TimeLimit ?? TaskDefaults.TimeLimit)));

    private static XElement Actions(TaskCommand command) => new(
        Schema + "Actions", new XAttribute("Context", Principal),
        new XElement(
            Schema + "Exec", new XElement(Schema + "Command", command.Program),
            new XElement(Schema + "Arguments", WindowsArguments.Join(command.Arguments))));
}
