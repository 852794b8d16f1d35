using System.Reflection;
using LoyaltyPipeline.HelpWriter.Model;

namespace LoyaltyPipeline.HelpWriter.Reading;

/// <summary>Reads the error catalogues: classes whose fields are entries, wherever in the product they stand.</summary>
internal sealed class ErrorReader(XmlDocumentation documentation)
{
    // The entry for all that the catalogues do not foresee; PowerShell is told a category that fits what happened.
    private const string Unexpected = "UnexpectedFailure";

    /// <summary>The entries of a module, by id.</summary>
    public IReadOnlyList<ErrorHelp> Read(BuiltModule module) =>
    [
        .. module.Assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType.Name == "ErrorDefinition")
            .Select(field => Read(module, field))
            .OrderBy(error => error.Id, StringComparer.Ordinal),
    ];

    private static T ValueOf<T>(object entry, string property) => (T)entry.GetType().GetProperty(property)!.GetValue(entry)!;

    // Said in one place for users and for help: by what makes PowerShell's error records.
    private static string CategoryOf(BuiltModule module, object kind)
    {
        var records = module.Cmdlets.GetTypes().Single(type => type.Name == "ErrorRecords");
        return $"{records.GetMethod("CategoryOf", BindingFlags.NonPublic | BindingFlags.Static, [kind.GetType()])!.Invoke(null, [kind])}";
    }

    private ErrorHelp Read(BuiltModule module, FieldInfo field)
    {
        var entry = field.GetValue(null)!;
        var id = ValueOf<string>(entry, "Id");
        var category = id == Unexpected ? "NotSpecified and others" : CategoryOf(module, ValueOf<object>(entry, "Kind"));
        return new ErrorHelp(id, category, documentation.Summary(field), ValueOf<string>(entry, "Remedy"));
    }
}
