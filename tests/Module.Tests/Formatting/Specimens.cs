using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Formatting;

/// <summary>
/// Objects of the module's types that say what Specimens.json gives them: values as long as they get, and nulls. Public: scripts choose
/// them by name.
/// </summary>
public static class Specimens
{
    private const BindingFlags Stored = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly JsonElement Given =
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("tests", "Module.Tests", "Formatting", "Specimens.json"))).RootElement;

    /// <summary>The types there are specimens of, by full name.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Given.EnumerateObject().Select(type => type.Name)];

    /// <summary>The specimens of a type. The module must have been loaded.</summary>
    /// <param name="typeName">The full name.</param>
    public static IReadOnlyList<object> Of(string typeName)
    {
        var type =
            AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(typeName)).First(found => found is not null)!;
        return [.. Given.GetProperty(typeName).EnumerateArray().Select(given => Make(given, type))];
    }

    private static object Make(JsonElement given, Type type)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        var columns = new PSObject(made);
        // As the constructor makes them, which has not run.
        foreach (var list in type.GetFields(Stored).Where(field => IsList(field.FieldType)))
            list.SetValue(made, MakeList(list.FieldType, []));
        foreach (var value in given.EnumerateObject())
        {
            // Properties have no setters that a test could call.
            if (type.GetField($"<{value.Name}>k__BackingField", Stored) is { } field)
                field.SetValue(made, Read(value.Value, field.FieldType));
            else if (value.Name.Any(char.IsAsciiLetterLower))
                throw new InvalidOperationException($"{type} stores no {value.Name}.");
            else
                columns.Properties.Add(new PSNoteProperty(value.Name, Read(value.Value, typeof(object))));
        }

        return columns.Properties.Match("*", PSMemberTypes.NoteProperty).Count > 0 ? columns : made;
    }

    private static object? Read(JsonElement given, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return given.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Array => ReadList(given, type),
            JsonValueKind.Object when type.IsGenericType => ReadDictionary(given, type),
            JsonValueKind.Object => Make(given, type),
            _ when type == typeof(string) || type.IsPrimitive
                || type == typeof(decimal) => Convert.ChangeType(given.ToString(), type, CultureInfo.InvariantCulture),
            _ when type.IsEnum => Enum.Parse(type, given.GetString()!.Replace(" ", string.Empty, StringComparison.Ordinal)),
            _ when type == typeof(DateOnly) => DateOnly.Parse(given.GetString()!, CultureInfo.InvariantCulture),
            _ when type == typeof(DateTime) => DateTime.Parse(given.GetString()!, CultureInfo.InvariantCulture),
            JsonValueKind.Number => given.GetDecimal(),
            JsonValueKind.True or JsonValueKind.False => given.GetBoolean(),
            _ => ReadText(given.GetString()!),
        };
    }

    /// <summary>A value of Master: a day, a time, which is in UTC as DuckDB has it, or a text.</summary>
    private static object ReadText(string given) =>
        DateTime.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : DateTime.TryParseExact(
            given, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time) ? time
        : given;

    private static object ReadDictionary(JsonElement given, Type type)
    {
        var valueType = type.GetGenericArguments()[1];
        var values = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        foreach (var entry in given.EnumerateObject())
            values.Add(entry.Name, Read(entry.Value, valueType));
        return type.IsInterface ? values : Activator.CreateInstance(type, values)!;
    }

    private static object ReadList(JsonElement given, Type type)
    {
        var itemType = type.GetGenericArguments()[0];
        return MakeList(type, [.. given.EnumerateArray().Select(item => Read(item, itemType))]);
    }

    private static object MakeList(Type type, object?[] items)
    {
        var list = Array.CreateInstance(type.GetGenericArguments()[0], items.Length);
        Array.Copy(items, list, items.Length);
        return type.IsInterface ? list : Activator.CreateInstance(type, list)!;
    }

    private static bool IsList(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) || type.GetGenericTypeDefinition() == typeof(ReadOnlyCollection<>));
}
