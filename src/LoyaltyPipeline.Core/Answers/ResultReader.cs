using System.Data.Common;
using System.Reflection;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Answers;

/// <summary>Reads the rows of a result.</summary>
internal sealed class ResultReader
{
    private static readonly MethodInfo Field =
        typeof(ResultReader).GetMethod(nameof(FieldOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly DbDataReader _reader;
    private readonly IReadOnlyList<string> _names;
    private readonly Func<DbDataReader, int, object?>[] _columns;

    /// <summary>Looks at the columns.</summary>
    /// <param name="reader">The reader at its first row.</param>
    public ResultReader(DbDataReader reader)
    {
        _reader = reader;
        _names = UniqueNames.Of([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
        _columns = [.. Enumerable.Range(0, reader.FieldCount).Select(ReaderAt)];
    }

    /// <summary>The row at which the reader is.</summary>
    /// <exception cref="LoyaltyException"><c>QueryFailed</c>: .NET cannot say a value.</exception>
    public QueryRow Read()
    {
        var values = new object?[_columns.Length];
        for (var ordinal = 0; ordinal < values.Length; ordinal++)
            values[ordinal] = _reader.IsDBNull(ordinal) ? null : ValueAt(ordinal);
        return new QueryRow(_names, values);
    }

    private object? ValueAt(int ordinal)
    {
        try
        {
            return ResultValue.Of(_columns[ordinal](_reader, ordinal));
        }
        catch (Exception exception) when (exception is InvalidCastException or InvalidOperationException or ArgumentException
            or NotSupportedException or OverflowException)
        {
            throw Unsayable(ordinal, $"a value of the type {_reader.GetDataTypeName(ordinal)}");
        }
    }

    private Func<DbDataReader, int, object?> ReaderAt(int ordinal)
    {
        try
        {
            return ReaderOf(_reader.GetFieldType(ordinal), _reader.GetDataTypeName(ordinal));
        }
        catch (ArgumentException)
        {
            throw Unsayable(ordinal, "values of a type");
        }
    }

    private LoyaltyException Unsayable(int ordinal, string what) => LoyaltyErrors.QueryFailed.Because(
        $"The column {_names[ordinal]} holds {what} that PowerShell cannot hold.",
        remedy: "Have the query make a text or another number of it: CAST(… AS VARCHAR), CAST(… AS DOUBLE).");

    // A time of day with a zone is none: the day decides what it is elsewhere.
    private static Func<DbDataReader, int, object?> ReaderOf(Type type, string name) => name is "TimeTz"
        ? throw new ArgumentException(name, nameof(name))
        : WithNulls(type) is var wider && wider == type
            ? (reader, ordinal) => reader.ValueAt(ordinal) ?? reader.InfinityAt(ordinal)
                ?? throw new OverflowException("There is no such time in .NET.")
            : Field.MakeGenericMethod(wider).CreateDelegate<Func<DbDataReader, int, object?>>();

    private static object? FieldOf<T>(DbDataReader reader, int ordinal) => reader.GetFieldValue<T>(ordinal);

    // What is said of a list of numbers does not provide for a NULL among them.
    private static Type WithNulls(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)
            ? typeof(List<>).MakeGenericType(Nullable(type.GetGenericArguments()[0]))
            : type;

    private static Type Nullable(Type type) => type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : WithNulls(type);
}
