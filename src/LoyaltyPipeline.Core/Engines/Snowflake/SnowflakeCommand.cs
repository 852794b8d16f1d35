using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>Makes the driver's commands.</summary>
internal static class SnowflakeCommand
{
    /// <summary>Makes a command.</summary>
    /// <param name="transaction">Its transaction; null where none is open.</param>
    /// <param name="parameters">The values of its question marks, in order.</param>
    public static DbCommand Create(DbConnection connection, DbTransaction? transaction, string sql, IReadOnlyList<object?> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        for (var index = 0; index < parameters.Count; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = (index + 1).ToString(CultureInfo.InvariantCulture);
            (parameter.DbType, parameter.Value) = Bind(parameters[index]);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>The id that the engine gave to what a command has run.</summary>
    /// <returns>The id; null where there is none.</returns>
    public static string? QueryIdOf(DbCommand command) =>
        command.GetType()
            .GetMethod("GetQueryId", BindingFlags.Public | BindingFlags.Instance, [])?.Invoke(command, []) as string is { Length: > 0 } id
            ? id
            : null;

    private static (DbType Type, object Value) Bind(object? value) => value switch
    {
        null => (DbType.String, DBNull.Value),
        string text => (DbType.String, text),
        bool flag => (DbType.Boolean, flag),
        int or long => (DbType.Int64, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        decimal number => (DbType.Decimal, number),
        double number => (DbType.Double, number),
        DateOnly day => (DbType.Date, day.ToDateTime(TimeOnly.MinValue)),
        // Of these the engine makes itself what it compares them with.
        BigInteger number => (DbType.String, number.ToString(CultureInfo.InvariantCulture)),
        TimeOnly time => (DbType.String, time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        TimeSpan span => (DbType.String, span.ToString("c", CultureInfo.InvariantCulture)),
        DateTime time => (DbType.DateTime, DateTime.SpecifyKind(time, DateTimeKind.Unspecified)),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be bound.", nameof(value)),
    };
}
